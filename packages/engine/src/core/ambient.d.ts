/** The one host global the engine knows: a signal to stop. Its shape only; nothing else of any host type-checks here. */
interface AbortSignal {
  readonly aborted: boolean;
}
