package dev.drillbook.unpacking;

import static dev.drillbook.unpacking.BackupMaker.put;
import static dev.drillbook.unpacking.BackupMaker.sql;
import static dev.drillbook.unpacking.BackupMaker.stored;
import static dev.drillbook.unpacking.BackupMaker.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.DataSize;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBackupTest {
  @TempDir Path folder;
  private BackupMaker maker;

  @BeforeEach
  void make() {
    maker = new BackupMaker(folder);
  }

  @AfterEach
  void nothingStaysBehind() throws Exception {
    assertThat(maker.inTargets()).isEmpty();
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(Path.of("/tmp/drillbook-evil")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "..",
        "a/..",
        "/tmp/drillbook-evil",
        "//evil",
        "./../evil"
      })
  void aNameThatLeadsOutIsRefused(String name) throws Exception {
    byte[] tar =
        tar(
            out -> {
              put(out, "fine", "content");
              put(out, name, "evil");
            });
    assertThatThrownBy(() -> maker.unpack("files.tar", tar))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("a file in it is called " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/tmp/drillbook-evil", "a/../../evil"})
  void aStoredNameThatLeadsOutIsRefused(String name) {
    assertThatThrownBy(
            () ->
                maker.unpack(
                    Limits.STANDARD,
                    Optional.empty(),
                    stored("toc.dat", sql()),
                    stored(name, sql())))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("a file in it is called " + name);
  }

  @ParameterizedTest
  @CsvSource({"1, a hard link", "2, a symbolic link", "3, a device", "4, a device", "6, a pipe"})
  void nothingButFilesAndFoldersIsMade(char type, String kind) throws Exception {
    byte[] tar =
        tar(
            out -> {
              put(out, "fine", "content");
              TarArchiveEntry link = new TarArchiveEntry("link", (byte) type);
              link.setLinkName("/etc");
              out.putArchiveEntry(link);
              out.closeArchiveEntry();
              put(out, "link/evil", "evil");
            });
    assertThatThrownBy(() -> maker.unpack("files.tar", tar))
        .hasMessageContaining("files.tar holds " + kind + ", link");
  }

  @Test
  void aFileThatIsThereTwiceIsRefused() throws Exception {
    byte[] tar =
        tar(
            out -> {
              put(out, "a/b", "one");
              put(out, "a/./b", "two");
            });
    assertThatThrownBy(() -> maker.unpack("files.tar", tar))
        .hasMessageContaining("b is in it twice");
  }

  @Test
  void aFileWhereAFolderIsToBeIsRefused() throws Exception {
    byte[] tar =
        tar(
            out -> {
              put(out, "a", "one");
              put(out, "a/b", "two");
            });
    assertThatThrownBy(() -> maker.unpack("files.tar", tar))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("a is in it twice");
  }

  @Test
  void tooManyFilesAreGivenUp() throws Exception {
    byte[] tar =
        tar(
            out -> {
              for (int i = 0; i < 11; i++) {
                put(out, "f" + i, "");
              }
            });
    assertThatThrownBy(
            () -> maker.unpack(limits(1_000_000, 200, 10), Optional.empty(), stored("f.tar", tar)))
        .hasMessageContaining("f10 is one more than the 10 files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax"})
  void aSparseFileIsRefused(String format) throws Exception {
    maker.through(new byte[0], "truncate", "-s", "1T", "huge");
    byte[] tar = maker.through(new byte[0], "tar", "--format=" + format, "-Scf", "-", "huge");
    assertThat(tar.length).isLessThan(100_000);

    assertThatThrownBy(() -> maker.unpack("files.tar", tar)).hasMessageContaining("sparse file");
  }

  @Test
  void attributesThatWouldFillTheMemoryAreRefused() throws Exception {
    byte[] tar =
        tar(
            out -> {
              TarArchiveEntry attributes =
                  new TarArchiveEntry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
              attributes.setSize(70_000);
              out.putArchiveEntry(attributes);
              out.write(new byte[70_000]);
              out.closeArchiveEntry();
              put(out, "file", "content");
            });
    assertThatThrownBy(() -> maker.unpack("files.tar", tar))
        .hasMessageContaining("an entry has attributes of 70000 bytes");
  }

  @Test
  void anEntryThatClaimsMoreThanIsFreeIsRefusedBeforeItIsWritten() throws Exception {
    byte[] tar = tar(out -> put(out, "file", "x".repeat(5000)));
    assertThatThrownBy(
            () ->
                new Unpacker(Limits.STANDARD, Optional.empty(), Optional.of(() -> 4000L))
                    .unpack(
                        List.of(new Stored("f.tar", -1, stored("", tar).bytes())),
                        maker.target(),
                        Optional.empty()))
        .hasMessageContaining("file needs 5 kB in")
        .hasMessageContaining("0 MB are free");
  }

  @Test
  void aBackupThatIsLargerThanWhatIsFreeIsNotBegun() {
    Stored unreadable =
        new Stored(
            "shop.sql",
            5000,
            () -> {
              throw new IOException("it was begun");
            });
    assertThatThrownBy(
            () ->
                new Unpacker(Limits.STANDARD, Optional.empty(), Optional.of(() -> 4000L))
                    .unpack(List.of(unreadable), maker.target(), Optional.empty()))
        .hasMessageContaining("the backup needs 5 kB in");
  }

  @ParameterizedTest
  @CsvSource({"gz, gzip", "zst, zstd", "xz, xz", "bz2, bzip2"})
  void aBombIsGivenUpByItsRatio(String extension, String tool) throws Exception {
    byte[] bomb = maker.through(new byte[30_000_000], tool, "-c");

    assertThatThrownBy(
            () ->
                maker.unpack(
                    limits(1_000_000_000, 100, 10),
                    Optional.empty(),
                    stored("shop." + extension, bomb)))
        .hasMessageContaining("shop." + extension);
    byte[] tail = maker.through(concat(sql(), new byte[30_000_000], ' '), tool, "-c");
    assertThatThrownBy(
            () ->
                maker.unpack(
                    limits(1_000_000_000, 100, 10),
                    Optional.empty(),
                    stored("shop.sql." + extension, tail)))
        .hasMessageContaining("grows to more than 100 times the");
  }

  @ParameterizedTest
  @CsvSource({"gz, gzip", "zst, zstd", "xz, xz", "bz2, bzip2"})
  void aBombIsGivenUpByItsSize(String extension, String tool) throws Exception {
    byte[] bomb = maker.through(concat(sql(), new byte[3_000_000], ' '), tool, "-c");

    assertThatThrownBy(
            () ->
                maker.unpack(
                    limits(2_000_000, 1_000_000, 10),
                    Optional.empty(),
                    stored("shop.sql." + extension, bomb)))
        .hasMessageContaining("would bring the unpacked backup above 2 MB");
  }

  @Test
  void severalFilesShareTheLimit() {
    assertThatThrownBy(
            () ->
                maker.unpack(
                    limits(150, 200, 10),
                    Optional.empty(),
                    stored("a.bson", new byte[100]),
                    stored("b.bson", new byte[100])))
        .hasMessageContaining("would bring the unpacked backup above 150 bytes");
  }

  @Test
  void aDictionaryOfGigabytesIsRefused() throws Exception {
    byte[] xz = maker.through(sql(), "xz", "-c", "--lzma2=dict=1GiB");
    assertThatThrownBy(() -> maker.unpack("shop.sql.xz", xz))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("its xz cannot be read")
        .hasMessageContaining("memory");

    byte[] zstd =
        maker.through(new byte[0], "sh", "-c", "yes | head -c 1000000 | zstd --ultra --long=30 -c");
    assertThatThrownBy(() -> maker.unpack("shop.sql.zst", zstd))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("its zstd cannot be read");
  }

  @ParameterizedTest
  @CsvSource({"gz, gzip", "zst, zstd", "xz, xz", "bz2, bzip2"})
  void whatIsCutOffIsNoBackup(String extension, String tool) throws Exception {
    byte[] packed = maker.through(sql(), tool, "-c");
    for (int length = 12; length < packed.length; length += 7) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> maker.unpack("shop.sql." + extension, cut))
          .as(length + " of " + packed.length)
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("shop.sql." + extension);
    }
  }

  @Test
  void anArchiveThatIsCutOffIsNoBackup() throws Exception {
    byte[] tar = tar(out -> put(out, "file", "x".repeat(600)));
    for (int length : new int[] {513, 1000, 1112, 1536}) {
      assertThatThrownBy(() -> maker.unpack("files.tar", Arrays.copyOf(tar, length)))
          .as(length + " bytes")
          .hasMessageContaining("files.tar is damaged or cut off: its tar cannot be read: it ends");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.sql", "shop.sql.gz", "files.tar"})
  void anEmptyFileIsNoBackup(String name) {
    assertThatThrownBy(() -> maker.unpack(name, new byte[0]))
        .hasMessageContaining(name + " is empty");
  }

  @Test
  void nothingInALayerIsNoBackup() throws Exception {
    byte[] packed = maker.through(new byte[0], "gzip", "-c");
    assertThatThrownBy(() -> maker.unpack("shop.sql.gz", packed))
        .hasMessageContaining("shop.sql.gz is empty within its gzip");
  }

  @Test
  void moreLayersThanAnyJobPutsAroundAreRefused() throws Exception {
    byte[] packed = sql();
    for (int i = 0; i < 7; i++) {
      packed = maker.through(packed, "gzip", "-c");
    }
    byte[] seven = packed;
    assertThatThrownBy(() -> maker.unpack("shop", seven))
        .hasMessageContaining("shop is wrapped more than 6 times");
  }

  @Test
  void whatIsNotKnownIsNoBackup() {
    assertThatThrownBy(() -> maker.unpack("shop.dump", "%PDF-1.7".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("shop.dump is no backup that is known: it begins with 25 50 44 46");
  }

  @Test
  void aTargetThatHoldsSomethingIsLeftAlone() throws Exception {
    Path target = Files.createDirectory(folder.resolve("taken"));
    Path there = Files.writeString(target.resolve("there"), "before");
    assertThatThrownBy(
            () ->
                new Unpacker(Limits.STANDARD, Optional.empty())
                    .unpack(List.of(stored("shop.sql", sql())), target, Optional.empty()))
        .hasMessageContaining("is no empty folder");
    assertThat(there).hasContent("before");
  }

  @Test
  void aStoreThatFailsOnTheWayIsSaidToHaveFailed() {
    Stored failing =
        new Stored(
            "shop.sql.gz",
            100,
            () ->
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    throw new IOException("connection reset");
                  }

                  @Override
                  public int read(byte[] into, int offset, int length) throws IOException {
                    return read();
                  }
                });
    assertThatThrownBy(() -> maker.unpack(Limits.STANDARD, Optional.empty(), failing))
        .hasMessageContaining("shop.sql.gz cannot be read on after 0 bytes")
        .hasMessageContaining("connection reset");
  }

  private static byte[] concat(byte[] start, byte[] rest, char filler) {
    byte[] all = Arrays.copyOf(start, start.length + rest.length);
    Arrays.fill(all, start.length, all.length, (byte) filler);
    return all;
  }

  private static Limits limits(long bytes, int ratio, int files) {
    return new Limits(new DataSize(bytes), ratio, files);
  }
}
