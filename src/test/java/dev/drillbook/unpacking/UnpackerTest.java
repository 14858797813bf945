package dev.drillbook.unpacking;

import static dev.drillbook.unpacking.BackupMaker.put;
import static dev.drillbook.unpacking.BackupMaker.sql;
import static dev.drillbook.unpacking.BackupMaker.stored;
import static dev.drillbook.unpacking.BackupMaker.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.timeline.DrillException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {
  @TempDir Path folder;
  private BackupMaker maker;

  @BeforeEach
  void make() {
    maker = new BackupMaker(folder);
  }

  @ParameterizedTest
  @CsvSource({"gz, gzip", "zst, zstd", "zst, zstd --long=27", "xz, xz", "xz, xz -9", "bz2, bzip2"})
  void takesOffWhatTheMachinesToolsPutAround(String extension, String tool) throws Exception {
    byte[] packed = maker.through(sql(), (tool + " -c").split(" ", -1));

    Unpacked unpacked = maker.unpack("daily/shop.sql." + extension, packed);

    assertThat(unpacked.format()).isEqualTo(Format.SQL);
    assertThat(unpacked.path()).hasFileName("shop.sql").hasBinaryContent(sql());
    assertThat(unpacked.madeBy()).contains("pg_dump 16.1");
    assertThat(unpacked.serverMajor()).hasValue(15);
    assertThat(unpacked.stages())
        .extracting(Stage::name, Stage::bytesIn, Stage::bytesOut)
        .containsExactly(
            tuple("download", (long) packed.length, (long) packed.length),
            tuple("decompress", (long) packed.length, (long) sql().length),
            tuple("extract", (long) sql().length, (long) sql().length));
    assertThat(unpacked.stages()).extracting(Stage::took).allMatch(t -> !t.isNegative());
  }

  /** The first bytes are looked at before there is a next stage, the others are read through it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 100_000})
  void aStageIsNotChargedWithTheOnesBeforeIt(int slowFrom) throws Exception {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    String script = "select '" + HexFormat.of().formatHex(noise) + "';\n";
    byte[] packed = maker.through(script.getBytes(StandardCharsets.UTF_8), "gzip", "-c");
    maker.unpack("shop.sql.gz", packed); // so that no class is loaded below
    Duration delay = Duration.ofSeconds(2);
    Stored slow =
        new Stored("shop.sql.gz", packed.length, () -> new SlowStream(packed, slowFrom, delay));

    long start = System.nanoTime();
    Unpacked unpacked = maker.unpack(Limits.STANDARD, Optional.empty(), slow);
    Duration all = Duration.ofNanos(System.nanoTime() - start);

    assertThat(unpacked.stages().get(0).took()).isGreaterThanOrEqualTo(delay);
    assertThat(unpacked.stages().get(1).took()).isPositive();
    assertThat(unpacked.stages().stream().map(Stage::took).reduce(Duration.ZERO, Duration::plus))
        .as("what was charged, of what passed")
        .isLessThanOrEqualTo(all);
  }

  @Test
  void membersOfAGzipFileFollowEachOther() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    int half = sql().length / 2;
    both.write(maker.through(Arrays.copyOf(sql(), half), "gzip", "-c"));
    both.write(maker.through(Arrays.copyOfRange(sql(), half, sql().length), "gzip", "-c"));

    assertThat(maker.unpack("shop.sql.gz", both.toByteArray()).path()).hasBinaryContent(sql());
  }

  @Test
  void layersAreTakenOffOneAfterTheOther() throws Exception {
    byte[] packed = maker.through(maker.through(sql(), "xz", "-c"), "gzip", "-c");

    assertThat(maker.unpack("shop.sql.xz.gz", packed).path()).hasBinaryContent(sql());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.sql.gz", "shop.sql.gpg", "shop.sql.zst", "shop.tar", "dump.rdb"})
  void plainSqlUnderAnotherNameIsRefused(String name) {
    assertThatThrownBy(() -> maker.unpack(name, sql()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(name + " has the wrong format for its name: it claims ")
        .hasMessageContaining("it is sql");
  }

  @Test
  void gzipUnderTheNameOfPlainSqlIsRefused() throws Exception {
    byte[] packed = maker.through(sql(), "gzip", "-c");
    assertThatThrownBy(() -> maker.unpack("shop.sql", packed))
        .hasMessageContaining("it claims sql, it is gzip");
  }

  @Test
  void whatThePlanSaysIsComparedWithWhatItIs() throws Exception {
    assertThatThrownBy(
            () ->
                new Unpacker(Limits.STANDARD, Optional.empty())
                    .unpack(
                        List.of(stored("shop.dump", sql())),
                        maker.target(),
                        Optional.of(Format.CUSTOM)))
        .hasMessageContaining("shop.dump is sql, but the plan says custom");
    assertThat(maker.inTargets()).isEmpty();
  }

  @Test
  void aDumpWithoutItsEndIsCutOff() {
    String cut = BackupMaker.SQL.replace("dump complete", "");
    assertThatThrownBy(() -> maker.unpack("shop.sql", cut.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("shop.sql is cut off: it does not end as sql does");
  }

  @Test
  void aRedisFileSaysItsVersionAndHasItsEnd() throws Exception {
    byte[] rdb =
        concat(
            "REDIS0011".getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {(byte) 0xfa, 9},
            "redis-ver".getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {5},
            "7.2.4".getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {(byte) 0xff, 1, 2, 3, 4, 5, 6, 7, 8});

    Unpacked unpacked = maker.unpack("dump.rdb", rdb);

    assertThat(unpacked.format()).isEqualTo(Format.RDB);
    assertThat(unpacked.madeBy()).contains("Redis 7.2.4");
    assertThat(unpacked.serverMajor()).hasValue(7);
    byte[] cut = Arrays.copyOf(rdb, rdb.length - 3);
    assertThatThrownBy(() -> maker.unpack("dump.rdb", cut)).hasMessageContaining("cut off");
  }

  @Test
  void aMongoArchiveSaysItsVersionsAndHasItsEnd() throws Exception {
    byte[] archive = mongoArchive();

    Unpacked unpacked = maker.unpack("shop.archive", archive);

    assertThat(unpacked.format()).isEqualTo(Format.MONGO_ARCHIVE);
    assertThat(unpacked.madeBy()).contains("mongodump 100.9.4");
    assertThat(unpacked.serverMajor()).hasValue(7);
    byte[] cut = Arrays.copyOf(archive, archive.length - 2);
    assertThatThrownBy(() -> maker.unpack("shop.archive", cut)).hasMessageContaining("cut off");
  }

  @Test
  void anArchiveOfFilesIsOneFolder() throws Exception {
    byte[] packed =
        maker.through(
            tar(
                tar -> {
                  put(tar, "./etc/app.conf", "a");
                  put(tar, "n".repeat(150) + "/" + "m".repeat(90), "b");
                }),
            "gzip",
            "-c");

    Unpacked unpacked = maker.unpack("files.tgz", packed);

    assertThat(unpacked.format()).isEqualTo(Format.TAR);
    assertThat(unpacked.path().resolve("etc/app.conf")).hasContent("a");
    assertThat(unpacked.path().resolve("n".repeat(150) + "/" + "m".repeat(90))).hasContent("b");
    assertThat(unpacked.bytes()).isEqualTo(2);
    assertThat(unpacked.files()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax", "ustar", "v7", "oldgnu"})
  void readsWhatGnuTarWrites(String format) throws Exception {
    Path source = Files.createDirectories(folder.resolve("source/" + "d".repeat(60)));
    for (int i = 0; i < 20; i++) {
      Files.writeString(source.resolve(i + ".txt"), "x".repeat(i * 300));
    }
    if (format.equals("gnu") || format.equals("pax")) {
      Files.writeString(source.resolve("é".repeat(100)), "long");
    }
    byte[] tar =
        maker.through(new byte[0], "tar", "--format=" + format, "-C", "source", "-cf", "-", ".");

    Unpacked unpacked = maker.unpack("files.tar", tar);

    for (int i = 0; i < 20; i++) {
      assertThat(unpacked.path().resolve("d".repeat(60)).resolve(i + ".txt"))
          .hasContent("x".repeat(i * 300));
    }
    if (format.equals("gnu") || format.equals("pax")) {
      assertThat(unpacked.path().resolve("d".repeat(60)).resolve("é".repeat(100)))
          .hasContent("long");
    }
  }

  @Test
  void anArchiveOfOneDumpIsThatDump() throws Exception {
    byte[] packed = tar(tar -> put(tar, "backup/shop.sql", BackupMaker.SQL));

    Unpacked unpacked = maker.unpack("shop.tar", packed);

    assertThat(unpacked.format()).isEqualTo(Format.SQL);
    assertThat(unpacked.path()).hasFileName("shop.sql");
    assertThat(unpacked.serverMajor()).hasValue(15);
  }

  @Test
  void mongodumpsFoldersStayCompressedAsTheyAre() throws Exception {
    byte[] bson = maker.through(new byte[] {5, 0, 0, 0, 0}, "gzip", "-c");

    Unpacked unpacked =
        maker.unpack(
            Limits.STANDARD,
            Optional.empty(),
            stored("dump/shop/orders.bson.gz", bson),
            stored("dump/shop/orders.metadata.json.gz", bson));

    assertThat(unpacked.format()).isEqualTo(Format.MONGO_FOLDER);
    assertThat(unpacked.gzipped()).isTrue();
    assertThat(unpacked.path()).hasFileName("dump");
    assertThat(unpacked.path().resolve("shop/orders.bson.gz")).hasBinaryContent(bson);
  }

  @Test
  void theTarsOfABaseBackupBecomeADataDirectory() throws Exception {
    Unpacked unpacked = maker.unpack(Limits.STANDARD, Optional.empty(), baseBackup("16384 /mnt/x"));

    Path data = unpacked.path();
    assertThat(unpacked.format()).isEqualTo(Format.BASE);
    assertThat(unpacked.serverMajor()).hasValue(15);
    assertThat(data.resolve("pg_wal/000000010000000000000002")).hasContent("wal");
    assertThat(data.resolve("backup_manifest")).hasContent("{}");
    Path tablespace = data.resolveSibling("tablespaces").resolve("16384");
    assertThat(tablespace.resolve("PG_15/1")).hasContent("row");
    assertThat(data.resolve("tablespace_map")).hasContent("16384 " + tablespace + "\n");
    assertThat(Files.getPosixFilePermissions(data)).hasSize(3);
  }

  @Test
  void aTablespaceThatIsNowhereIsRefused() {
    assertThatThrownBy(
            () -> maker.unpack(Limits.STANDARD, Optional.empty(), baseBackup("99999 /etc")))
        .hasMessageContaining("the base backup lacks the tablespace 99999 that its map names");
  }

  private static Stored[] baseBackup(String map) throws IOException {
    return new Stored[] {
      stored(
          "base.tar",
          tar(
              tar -> {
                put(tar, "PG_VERSION", "15\n");
                put(tar, "backup_label", "START WAL LOCATION");
                put(tar, "tablespace_map", map + "\n");
              })),
      stored("pg_wal.tar", tar(tar -> put(tar, "000000010000000000000002", "wal"))),
      stored("16384.tar", tar(tar -> put(tar, "PG_15/1", "row"))),
      stored("backup_manifest", "{}".getBytes(StandardCharsets.UTF_8))
    };
  }

  private static byte[] mongoArchive() {
    byte[] fields =
        concat(text("server_version", "7.0.5"), text("tool_version", "100.9.4"), new byte[] {0});
    ByteBuffer bytes =
        ByteBuffer.allocate(12 + fields.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0x8199e26d)
            .putInt(fields.length + 4)
            .put(fields)
            .putInt(-1);
    return bytes.array();
  }

  private static byte[] text(String field, String value) {
    return concat(
        new byte[] {2},
        (field + "\0").getBytes(StandardCharsets.UTF_8),
        new byte[] {(byte) (value.length() + 1), 0, 0, 0},
        (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
