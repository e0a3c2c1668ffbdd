// What a voice goes by: its name, or the outlet that speaks in its own words.
import type { VoiceItem } from "../api/types";

export const voiceKey = (voice: Pick<VoiceItem, "name" | "outlet">): string => voice.name ?? `outlet:${voice.outlet ?? ""}`;
export const voiceLabel = (voice: Pick<VoiceItem, "name" | "outlet">, otherwise: string): string => voice.name ?? voice.outlet ?? otherwise;
