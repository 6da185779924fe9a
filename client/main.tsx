/** The desks start here. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { localeOf } from "../shared/messages/say.ts";
import { httpApi } from "./live/api.ts";
import { Routes } from "./routes.tsx";
import { AnnouncerProvider } from "./ui/announcer.tsx";
import { Mishap } from "./ui/mishap.tsx";
import { applyPreferences } from "./ui/preferences.ts";
import { ShortcutsProvider } from "./ui/shortcuts.tsx";
import { ToastsProvider } from "./ui/toasts.tsx";
import "./ui/tokens.css";
import { language, voice } from "./ui/voice.ts";

applyPreferences();
const api = httpApi();
document.documentElement.dir = voice.dir;
const root = document.getElementById("root");
if (!root) throw new Error("main: the page has no root");
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale={localeOf(language)}>
      <AnnouncerProvider>
        <ToastsProvider>
          <ShortcutsProvider>
            <Mishap>
              <Routes api={api} />
            </Mishap>
          </ShortcutsProvider>
        </ToastsProvider>
      </AnnouncerProvider>
    </I18nProvider>
  </StrictMode>,
);
