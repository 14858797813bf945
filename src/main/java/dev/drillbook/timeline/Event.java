package dev.drillbook.timeline;

/**
 * Something that happened during a drill. Each kind carries just what a meter or a reader needs
 * later.
 */
public sealed interface Event {

  /** When it happened, or began. */
  Tick at();

  record PhaseStarted(Tick at, Phase phase) implements Event {}

  record PhaseEnded(Tick at, Phase phase) implements Event {}

  /** A recovery point exists: what it holds was committed at or before {@code at}. */
  record BackupTaken(Tick at, Tick completed, String policy, String file, long bytes)
      implements Event {}

  /** A write that must come back ({@code beforeRecoveryPoint}), or must not. */
  record NoncePlanted(Tick at, String key, boolean beforeRecoveryPoint) implements Event {}

  /**
   * A fault took effect; {@code at} is the instant just before its injection began, {@code
   * completed} when it was done.
   */
  record FaultInjected(Tick at, Tick completed, String fault) implements Event {}

  record FaultHealed(Tick at, String fault) implements Event {}

  /** Monitoring noticed: the probe failed often enough in a row. */
  record OutageDetected(Tick at) implements Event {}

  /** Somebody decided to recover: the runbook's first step is about to run. */
  record RecoveryDecided(Tick at) implements Event {}

  record StepStarted(Tick at, String step) implements Event {}

  record StepEnded(Tick at, String step, boolean succeeded, String detail) implements Event {}

  /**
   * Clients are served again, and were for as many probes in a row as it takes to be stable.
   *
   * @param at when the first success came of the run of successes that lasted
   * @param confirmed when the last probe that it takes was answered
   */
  record ServiceStable(Tick at, Tick confirmed) implements Event {}

  /** Anything else that a reader of the timeline should know. */
  record Noted(Tick at, String text) implements Event {}
}
