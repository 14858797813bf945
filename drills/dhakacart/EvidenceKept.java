package dhakacart;

import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What the attack left in the database was copied before it was cleaned away: an archive that can be
 * read to its end, and in which encrypted texts are found.
 */
public record EvidenceKept(Path folder) implements Check {
  private static final Pattern ENCRYPTED = Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}");
  private static final int PORTION_BYTES = 1 << 20;

  public static Check evidenceKept(Path folder) {
    return new EvidenceKept(folder);
  }

  @Override
  public String name() {
    return "evidence";
  }

  @Override
  public Examined examine(Evidence evidence) throws IOException {
    List<Finding> findings = new ArrayList<>();
    List<Path> archives = archives();
    long texts = 0;
    for (Path archive : archives) {
      texts += encryptedTexts(archive);
    }
    if (texts == 0) {
      findings.add(
          Finding.fail(
              name(),
              "an archive with encrypted texts in " + folder,
              archives.size() + " archives without any",
              "copy the evidence before anything is cleaned or restored"));
    }
    return new Examined(texts + " encrypted texts in " + archives.size() + " archives", texts, findings);
  }

  private List<Path> archives() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
    }
  }

  private static long encryptedTexts(Path archive) throws IOException {
    long texts = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      for (byte[] portion = in.readNBytes(PORTION_BYTES);
          portion.length > 0;
          portion = in.readNBytes(PORTION_BYTES)) {
        Matcher text = ENCRYPTED.matcher(new String(portion, StandardCharsets.ISO_8859_1));
        while (text.find()) {
          texts++;
        }
      }
    }
    return texts;
  }
}
