/** An AssemblyScript file compiled by src/build/kernel-plugin.ts: WebAssembly as base64 text. */
declare module '*?kernel' {
  const text: string;
  export default text;
}
