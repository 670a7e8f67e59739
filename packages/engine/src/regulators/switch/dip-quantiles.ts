/** Probabilities of {@link dipQuantiles}. */
export const dipLevels: readonly number[] = [0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999];

/** Quantiles of √n · dip over uniform samples of n values, at {@link dipLevels}; 40,000 draws up to n = 1,000, then 20,000; `reference/dip-test`. */
export const dipQuantiles: readonly { readonly n: number; readonly quantiles: readonly number[] }[] = [
  { n: 10, quantiles: [0.3091, 0.3611, 0.4133, 0.442, 0.4679, 0.508, 0.5341, 0.5761] },
  { n: 25, quantiles: [0.334, 0.3862, 0.4415, 0.4783, 0.5116, 0.5526, 0.582, 0.6407] },
  { n: 50, quantiles: [0.3448, 0.3995, 0.4565, 0.4952, 0.5291, 0.5765, 0.6056, 0.6678] },
  { n: 100, quantiles: [0.3543, 0.4109, 0.4713, 0.5095, 0.5452, 0.5887, 0.6175, 0.6724] },
  { n: 250, quantiles: [0.3632, 0.4221, 0.4844, 0.5235, 0.5603, 0.6059, 0.6373, 0.7055] },
  { n: 500, quantiles: [0.3681, 0.4257, 0.4887, 0.5295, 0.5661, 0.6129, 0.6477, 0.7191] },
  { n: 1000, quantiles: [0.3716, 0.4297, 0.4927, 0.5345, 0.5726, 0.6192, 0.6479, 0.7066] },
  { n: 2500, quantiles: [0.3746, 0.4338, 0.4955, 0.539, 0.5757, 0.6234, 0.6587, 0.7255] },
  { n: 5000, quantiles: [0.3757, 0.4353, 0.499, 0.5406, 0.5794, 0.6306, 0.6696, 0.7537] },
  { n: 10000, quantiles: [0.3771, 0.4358, 0.499, 0.5425, 0.5813, 0.6321, 0.6702, 0.7318] },
];
