export { simulationGenes } from './simulation-genes.js';
export { studyFiles, type StudyFilesOptions } from './write-study.js';
export { tenxFolder, type TenxLayout } from './tenx-folder.js';
