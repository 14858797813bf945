package dev.drillbook.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot.Origin;
import dev.drillbook.snapshot.Fingerprint;
import dev.drillbook.snapshot.SchemaImage;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.DrillException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
  @TempDir Path folder;

  private static Manifest manifest() {
    SortedMap<String, TableImage> tables = new TreeMap<>();
    BigInteger sum = new BigInteger("-123456789012345678901234567890");
    tables.put(
        "sales.\"odd.name\"",
        new TableImage(
            "sales.\"odd.name\"", new Fingerprint(7, sum), Optional.empty(), Optional.empty()));
    SortedMap<String, SchemaImage.Counter> counters = new TreeMap<>();
    counters.put("tickets", new SchemaImage.Counter(1, false, Optional.of(41L)));
    counters.put("unused", new SchemaImage.Counter(-1, true, Optional.empty()));
    return new Manifest(
        Instant.parse("2026-11-01T02:00:00Z"),
        "shop",
        new Origin(15, "UTF8"),
        new DatabaseImage(
            tables,
            new SchemaImage(
                new TreeMap<>(Map.of("index a", "create index ü")), List.of(), counters),
            Set.of("log")),
        Set.of("visits"));
  }

  private static InputStream text(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Manifest> read(String json) throws IOException {
    return ManifestFile.read("m.json", text(json));
  }

  private String written() throws IOException {
    Path file = folder.resolve("m.json");
    ManifestFile.write(file, manifest());
    return Files.readString(file);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertThat(read(written())).contains(manifest());
  }

  @Test
  void noneIsReplacedAndNothingHalfDoneStays() throws IOException {
    Path file = Files.writeString(folder.resolve("m.json"), "mine");
    assertThatThrownBy(() -> ManifestFile.write(file, manifest()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is there already");
    assertThat(file).hasContent("mine");
    assertThat(folder).isDirectoryNotContaining(found -> !found.equals(file));
  }

  @Test
  void otherJsonIsNoManifest() throws IOException {
    assertThat(read("{\"kind\": \"somebody-else\"}")).isEmpty();
    assertThat(read("[1]")).isEmpty();
  }

  @Test
  void oneOfALaterVersionIsSaidToBeSo() {
    assertThatThrownBy(() -> read("{\"kind\": \"drillbook-manifest\", \"schema\": 2}"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("m.json is a manifest of schema 2");
  }

  @Test
  void oneThatIsCutOffAtAnyByteIsRefused() throws IOException {
    String whole = written().strip();
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> read(cut))
          .as(cut)
          .isInstanceOf(DrillException.class)
          .hasMessageStartingWith("m.json is ");
    }
  }

  @Test
  void oneThatLacksAFieldIsRefused() throws IOException {
    String whole = written();
    String without = whole.replace("\"tables\"", "\"tablets\"");
    assertThatThrownBy(() -> read(without)).isInstanceOf(DrillException.class);
    String noSum = whole.replaceAll("\"sum\" : \"[^\"]+\"", "\"sum\" : \"x\"");
    assertThatThrownBy(() -> read(noSum)).isInstanceOf(DrillException.class);
  }
}
