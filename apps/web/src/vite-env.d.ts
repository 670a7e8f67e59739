declare module '*?worker&inline' {
  const InlinedWorker: new (options?: { readonly name?: string }) => Worker;
  export default InlinedWorker;
}
