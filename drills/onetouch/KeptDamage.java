package onetouch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drillbook.site.BackupFiles;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What was damaged can still be looked at: the one dump in {@code folder} holds as many cards
 * without a title as there were.
 */
record KeptDamage(Path folder, long damaged) implements Check {
  private static final String CARDS = "COPY public.\"Card\" (";

  static Check keptDamage(BackupFiles backups, long damaged) {
    return new KeptDamage(backups.folder().resolve("damaged"), damaged);
  }

  @Override
  public String name() {
    return "snapshot of the damage";
  }

  @Override
  public Examined examine(Evidence evidence) throws IOException {
    List<Path> dumps;
    try (var files = Files.list(folder)) {
      dumps = files.filter(file -> file.toString().endsWith(".sql.gz")).toList();
    }
    long held = 0;
    for (Path dump : dumps) {
      held += withoutTitle(dump);
    }
    String found = held + " of " + damaged + " damaged cards in " + dumps.size() + " snapshots";
    List<Finding> findings =
        dumps.size() == 1 && held == damaged
            ? List.of()
            : List.of(
                Finding.fail(
                    name(),
                    "one snapshot holds all " + damaged + " damaged cards",
                    found,
                    "take it before anything is restored, from the damaged database"));
    return new Examined(found, damaged, findings);
  }

  private static long withoutTitle(Path dump) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(dump)), UTF_8))) {
      String header = lines.readLine();
      while (header != null && !header.startsWith(CARDS)) {
        header = lines.readLine();
      }
      if (header == null) {
        throw new IOException(dump + " holds no cards");
      }
      String columns = header.substring(CARDS.length(), header.indexOf(')'));
      int title = Arrays.asList(columns.split(", ", -1)).indexOf("title");
      long count = 0;
      for (String row = lines.readLine(); !"\\.".equals(row); row = lines.readLine()) {
        count += row.split("\t", -1)[title].isEmpty() ? 1 : 0;
      }
      return count;
    }
  }
}
