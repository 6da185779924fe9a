/**
 * What is the delegation's own and comes on no line: asked for when the desk is opened, when somebody looks back at it, and when the server
 * says that it changed.
 */
import { useEffect } from "react";
import { useNegotiation } from "../live/use-negotiation.ts";

/** @param look the same function as long as what it asks for is the same; null asks for nothing */
export function useOwnSide(look: (() => Promise<void>) | null): void {
  const { onOwnSide } = useNegotiation();
  useEffect(() => {
    if (!look) return;
    // Reading again can wait for the line; what is here stays.
    const again = (): void => void look().catch(() => undefined);
    again();
    addEventListener("focus", again);
    const unsubscribe = onOwnSide(again);
    return () => {
      removeEventListener("focus", again);
      unsubscribe();
    };
  }, [look, onOwnSide]);
}
