/** Version of Remnant. Written into every result; a step kept by another version is computed again. */
export const remnantVersion = '0.1.0';
