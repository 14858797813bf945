package dev.drillbook.unpacking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.DataSize;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.timeline.DrillException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import org.junit.jupiter.api.Assertions;

class UnpackerPropertyTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final List<byte[]> BEGINNINGS =
      Stream.of(
              "1f8b0800",
              "28b52ffd",
              "fd377a585a00",
              "425a683931415926535900",
              "04224d18",
              "53616c7465645f5f",
              "5047444d50010e000408010100",
              "5245444953303031",
              "6de29981",
              "2d2d20",
              "8c0d0409",
              "6167652d656e6372797074696f6e2e6f72672f76310a",
              "")
          .map(HexFormat.of()::parseHex)
          .toList();

  private static Store<Path> folder() {
    return Store.getOrCreate(
        "folder",
        Lifespan.RUN,
        () -> {
          try {
            return Files.createTempDirectory("unpacker-property");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @BeforeContainer
  static void begin() throws IOException {
    Files.createDirectories(folder().get().resolve("target"));
  }

  @AfterContainer
  static void end() throws IOException {
    new TargetFolder(folder().get(), new Budget(Limits.STANDARD, 0), () -> 0).clear();
    Files.delete(folder().get());
  }

  @Property
  void whateverBytesComeTheyAreUnpackedOrRefused(
      @ForAll("beginnings") byte[] start, @ForAll byte[] rest) throws IOException {
    unpackOrRefuse("backup", concat(start, rest));
  }

  @Property
  void whateverIsChangedInAnArchiveItIsUnpackedOrRefused(
      @ForAll("places") int place,
      @ForAll byte value,
      @ForAll("places") int length,
      @ForAll boolean gzip)
      throws IOException {
    byte[] tar =
        BackupMaker.tar(
            out -> {
              BackupMaker.put(out, "n".repeat(120), "x".repeat(700));
              BackupMaker.put(out, "b/c", "y");
            });
    byte[] whole = gzip ? gzip(tar) : tar;
    byte[] changed = Arrays.copyOf(whole, Math.min(whole.length, Math.max(length, 1)));
    changed[place % changed.length] = value;

    unpackOrRefuse("backup", changed);
  }

  @Property
  void whateverAScriptHoldsItIsReadToItsEnd(@ForAll("scripts") String script) {
    Assertions.assertTimeoutPreemptively(
        LONG,
        () ->
            SqlScript.findings(
                "s", new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8))));
  }

  @Provide
  Arbitrary<byte[]> beginnings() {
    return Arbitraries.of(BEGINNINGS);
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 12_000);
  }

  @Provide
  Arbitrary<String> scripts() {
    return Arbitraries.of(
            "'",
            "\"",
            "\\",
            "$",
            "$a$",
            "--",
            "/*",
            "*/",
            ";",
            "\n",
            "\r",
            "E'",
            "e",
            "copy ",
            "from ",
            "stdin",
            "t ",
            "(",
            ")",
            "\\.",
            "\n\\.\n",
            "set ",
            "begin",
            "end",
            "1",
            "language c",
            "\u00e9")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  /** Also with a key that fits nothing, for tools that are there. */
  private static void unpackOrRefuse(String name, byte[] content) throws IOException {
    Path target = folder().get().resolve("target");
    Unpacker unpacker =
        new Unpacker(
            new Limits(new DataSize(5_000_000), 200, 50),
            Optional.of(
                new Decryption(
                    new RestoreCheck.Key(
                        Optional.empty(), Optional.of("K"), List.of("-aes-256-cbc")),
                    Map.of("K", "secret", "PATH", System.getenv("PATH")),
                    target)));
    Assertions.assertTimeoutPreemptively(
        LONG,
        () -> {
          try {
            unpacker.unpack(List.of(BackupMaker.stored(name, content)), target, Optional.empty());
          } catch (DrillException refused) {
            assertThat(target).isEmptyDirectory();
          }
        });
    new TargetFolder(target, new Budget(Limits.STANDARD, 0), () -> 0).clear();
    try (Stream<Path> beside = Files.list(folder().get())) {
      assertThat(beside).containsExactly(target);
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] concat(byte[] start, byte[] rest) {
    byte[] all = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
  }
}
