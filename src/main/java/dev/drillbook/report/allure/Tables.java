package dev.drillbook.report.allure;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.LedgerJudgement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of a record as tables, which Allure shows of comma-separated values (RFC 4180). */
final class Tables {
  private Tables() {}

  /** Each finding, once for each example: rows that differ, objects that are missing. */
  static String findings(DrillRecord record) {
    Stream<List<String>> rows =
        record.findings().stream()
            .flatMap(
                finding ->
                    finding.examples().isEmpty()
                        ? Stream.of(row(finding, ""))
                        : finding.examples().stream().map(example -> row(finding, example)));
    return csv(
        Stream.concat(
            Stream.of(List.of("verdict", "subject", "expected", "found", "for example")), rows));
  }

  private static List<String> row(Finding finding, String example) {
    return List.of(
        finding.verdict().name(), finding.subject(), finding.expected(), finding.found(), example);
  }

  /** What became of every write. */
  static String writes(LedgerJudgement ledger) {
    return csv(
        Stream.of(
            List.of("writes", "count"),
            count("attempted", ledger.attempted()),
            count("acknowledged", ledger.acknowledged()),
            count("failed", ledger.failed()),
            count("indeterminate: nobody was told", ledger.indeterminate()),
            count("surviving", ledger.surviving()),
            count("acknowledged and lost", ledger.lost()),
            count("recovered although nobody was told", ledger.recovered()),
            count("holes: missing before the recovery point", ledger.holes()),
            count("stale: older than the recovery point", ledger.stale()),
            count("phantoms: never attempted", ledger.phantoms()),
            count("duplicates", ledger.duplicates()),
            count("altered", ledger.altered()),
            count("resurrected", ledger.resurrected()),
            count("lost after the recovery", ledger.lostAfterwards())));
  }

  private static List<String> count(String what, long count) {
    return List.of(what, Long.toString(count));
  }

  private static String csv(Stream<List<String>> rows) {
    return rows.map(row -> row.stream().map(Tables::cell).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
