/** Parts of a desk that nobody sees before they ask for them are not waited for when it opens: they come when they are first shown. */
import type { ComponentType } from "react";
import { useEffect, useState } from "react";
import { useToast } from "./toasts.tsx";
import { say } from "./voice.ts";

/** Where the part does not come, as without a line, it is closed again and that is said; the next time it is asked for anew. */
export function onDemand<Props extends { readonly onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function OnDemand(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    const toast = useToast();
    useEffect(() => {
      if (loaded !== null) return;
      let left = false;
      load().then(
        (part) => {
          loaded = part;
          if (!left) setPart(() => part);
        },
        () => {
          if (left) return;
          toast({ sentence: say("desk.notLoaded") });
          props.onClose();
        },
      );
      return () => {
        left = true;
      };
      // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it is opened
    }, []);
    return Part && <Part {...props} />;
  };
}
