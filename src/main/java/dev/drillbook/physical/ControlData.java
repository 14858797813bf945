package dev.drillbook.physical;

import dev.drillbook.site.Command;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code pg_controldata} says of a data directory, in English.
 *
 * @param values by the words before the colon
 */
record ControlData(Map<String, String> values) {
  private static final Duration WITHIN = Duration.ofMinutes(1);

  /** What recovery demands at least, by the words for it (CheckRequiredParameterValues). */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "max_connections setting", "max_connections",
          "max_worker_processes setting", "max_worker_processes",
          "max_wal_senders setting", "max_wal_senders",
          "max_prepared_xacts setting", "max_prepared_transactions",
          "max_locks_per_xact setting", "max_locks_per_transaction",
          "track_commit_timestamp setting", "track_commit_timestamp",
          "wal_level setting", "wal_level");

  /** Below that, our own tools have no room. */
  private static final Map<String, Integer> AT_LEAST = Map.of("max_connections", 100);

  ControlData {
    values = Map.copyOf(values);
  }

  /**
   * @param asks runs pg_controldata
   * @throws DrillException if the control file cannot be read
   */
  static ControlData read(Command asks) throws InterruptedException {
    Transcript transcript = new Transcript(Set.of());
    asks.perform(transcript, WITHIN);
    return parse(
        transcript.lines().stream()
            .filter(line -> line.stream() == Transcript.Stream.OUT)
            .map(Transcript.Line::text)
            .toList());
  }

  static ControlData parse(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return new ControlData(values);
  }

  private Optional<String> value(String words) {
    return Optional.ofNullable(values.get(words));
  }

  private String required(String words) {
    return value(words)
        .orElseThrow(
            () ->
                new DrillException(
                    "pg_controldata does not say the " + words + " of the backup",
                    "is global/pg_control damaged?"));
  }

  String systemIdentifier() {
    return required("Database system identifier");
  }

  long segmentBytes() {
    return Long.parseLong(required("Bytes per WAL segment"));
  }

  int timeline() {
    return Integer.parseInt(required("Latest checkpoint's TimeLineID"));
  }

  /** The segment that recovery begins with where no label says it. */
  WalName redo() {
    return WalName.parse(required("Latest checkpoint's REDO WAL file")).orElseThrow();
  }

  /** Whether its server was stopped in good order before it was copied. */
  boolean wasShutDown() {
    return required("Database cluster state").startsWith("shut down");
  }

  String state() {
    return required("Database cluster state");
  }

  boolean hasChecksums() {
    return !value("Data page checksum version").orElse("0").equals("0");
  }

  /** Settings without which a copy of that server does not recover. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    SETTINGS.forEach(
        (words, setting) -> value(words).ifPresent(value -> settings.put(setting, value)));
    AT_LEAST.forEach(
        (setting, least) ->
            settings.computeIfPresent(
                setting, (name, value) -> String.valueOf(Math.max(least, Long.parseLong(value)))));
    return settings;
  }
}
