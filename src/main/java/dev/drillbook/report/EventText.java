package dev.drillbook.report;

import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Phase;
import java.util.Locale;

/** An event in a few words, for people. */
final class EventText {

  private EventText() {}

  static String of(Event event) {
    if (event instanceof Event.PhaseStarted e) {
      return name(e.phase()) + ": " + e.phase().label();
    }
    if (event instanceof Event.PhaseEnded e) {
      return name(e.phase()) + ": done";
    }
    if (event instanceof Event.BackupTaken e) {
      return "backup "
          + e.policy()
          + ": "
          + e.file()
          + ", "
          + ByteText.of(e.bytes())
          + ", "
          + DurationText.of(e.completed().since(e.at()));
    }
    if (event instanceof Event.NoncePlanted e) {
      return "nonce "
          + e.key()
          + (e.beforeRecoveryPoint() ? " must come back" : " must not come back");
    }
    if (event instanceof Event.FaultInjected e) {
      return "fault: " + e.fault() + ", " + DurationText.of(e.completed().since(e.at()));
    }
    if (event instanceof Event.FaultHealed e) {
      return "fault healed: " + e.fault();
    }
    if (event instanceof Event.OutageDetected) {
      return "clock: the outage is detected";
    }
    if (event instanceof Event.RecoveryDecided) {
      return "clock: the recovery is decided";
    }
    if (event instanceof Event.ServiceStable) {
      return "clock: the service is stable again";
    }
    if (event instanceof Event.StepStarted e) {
      return "recovery: " + e.step() + " …";
    }
    if (event instanceof Event.StepEnded e) {
      return "recovery: "
          + e.step()
          + (e.succeeded() ? " done" : " FAILED")
          + (e.detail().isBlank() ? "" : ": " + e.detail().strip());
    }
    if (event instanceof Event.Noted e) {
      return "note: " + e.text();
    }
    throw new IllegalArgumentException("an event without words: " + event.getClass().getName());
  }

  /** The phase's name in lower case, e.g. "steady state". */
  static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
