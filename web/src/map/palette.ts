// The map's own colours, light and dark.
export interface Palette {
  sea: string; land: string; coast: string; border: string; label: string; halo: string; town: string; ink: string; paper: string; accent: string;
}

const LIGHT: Palette = {
  sea: "#dfe6ea", land: "#f6f3ec", coast: "#b9c4c9", border: "#b5aa97", label: "#8b8272", halo: "#f6f3ec", town: "#5f594e", ink: "#20252b", paper: "#fffdf9", accent: "#0f5c73",
};
const DARK: Palette = {
  sea: "#11161a", land: "#1d2327", coast: "#36424a", border: "#4d5960", label: "#7d8891", halo: "#1d2327", town: "#a7b0b6", ink: "#eceae4", paper: "#171c20", accent: "#7cc6dc",
};

export const palette = (dark: boolean): Palette => (dark ? DARK : LIGHT);
