package dev.drillbook.physical;

import dev.drillbook.timeline.DrillException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code backup_label} says, by which a server knows that it is a copy and where its recovery
 * begins (PostgreSQL's documentation, 26.3).
 *
 * @param start the first segment that recovery needs
 * @param incremental whether it holds only what has changed since another (since version 17)
 */
record BackupLabel(WalName start, boolean incremental) {
  private static final Pattern START =
      Pattern.compile("START WAL LOCATION: [0-9A-F]+/[0-9A-F]+ \\(file ([0-9A-F]{24})\\)");

  static BackupLabel parse(List<String> lines) {
    Optional<WalName> start =
        lines.stream()
            .map(START::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .map(WalName::parse)
            .flatMap(Optional::stream)
            .findFirst();
    return new BackupLabel(
        start.orElseThrow(
            () ->
                new DrillException(
                    "backup_label does not say where its WAL starts",
                    "see what wrote it; pg_basebackup and pg_backup_stop() do: "
                        + Stream.concat(lines.stream(), Stream.of("(nothing)"))
                            .findFirst()
                            .orElseThrow()
                            .replaceAll("\\P{Print}", "?"))),
        lines.stream().anyMatch(line -> line.startsWith("INCREMENTAL FROM LSN:")));
  }
}
