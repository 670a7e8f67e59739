import type { TaskRegistry } from '../../core/executor.js';
import { covarianceProductBlock, covarianceProductTask } from './covariance-product.js';
import { simulatedNeighboursBlock, simulatedNeighboursTask } from './simulated-neighbours.js';

/** Block tasks of the doublet calls, for the registry of the pipeline. */
export const doubletTasks: TaskRegistry = {
  [covarianceProductTask]: covarianceProductBlock,
  [simulatedNeighboursTask]: simulatedNeighboursBlock,
};
