declare module '*?worker&inline' {
  const AnalysisWorker: new () => Worker;
  export default AnalysisWorker;
}
