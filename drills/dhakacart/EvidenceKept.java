package dhakacart;

import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What the attack left in the database was copied before it was cleaned away: there is an archive
 * that can be read to its end, and it holds the very texts that the attack wrote.
 *
 * @param traces some of these texts, shorter than 1 kB each; looked at when all is over
 */
public record EvidenceKept(Path folder, List<String> traces) implements Check {
  private static final int PORTION_BYTES = 1 << 20;
  private static final int LONGEST_TRACE_BYTES = 1 << 10;

  public static Check evidenceKept(Path folder, List<String> traces) {
    return new EvidenceKept(folder, traces);
  }

  @Override
  public String name() {
    return "evidence";
  }

  @Override
  public Examined examine(Evidence evidence) throws IOException {
    Set<String> missing = new HashSet<>(traces);
    List<Path> archives = archives();
    for (Path archive : archives) {
      missing.removeAll(found(archive));
    }
    String coverage = traces.size() + " traces in " + archives.size() + " archives";
    if (missing.isEmpty()) {
      return new Examined(coverage, traces.size(), List.of());
    }
    Finding lost =
        Finding.fail(
                name(),
                "what the attack wrote is in an archive in " + folder,
                missing.size() + " of " + coverage + " are not there",
                "copy the evidence before anything is cleaned or restored")
            .withExamples(List.copyOf(missing));
    return new Examined(coverage, traces.size(), List.of(lost));
  }

  private List<Path> archives() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
    }
  }

  private Set<String> found(Path archive) throws IOException {
    Set<String> found = new HashSet<>();
    String end = "";
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      for (byte[] portion = in.readNBytes(PORTION_BYTES);
          portion.length > 0;
          portion = in.readNBytes(PORTION_BYTES)) {
        // With the end of the one before: a trace may lie across both.
        String text = end + new String(portion, StandardCharsets.ISO_8859_1);
        traces.stream().filter(text::contains).forEach(found::add);
        end = text.substring(Math.max(0, text.length() - LONGEST_TRACE_BYTES));
      }
    }
    return found;
  }
}
