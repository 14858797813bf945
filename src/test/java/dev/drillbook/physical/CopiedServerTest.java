package dev.drillbook.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a copy say before any server is started on them. */
class CopiedServerTest {
  @TempDir Path copy;

  private void state(int state) throws IOException {
    ByteBuffer control = ByteBuffer.allocate(8192).order(ByteOrder.nativeOrder());
    control.putInt(16, state);
    Files.createDirectories(copy.resolve("global"));
    Files.write(copy.resolve("global/pg_control"), control.array());
  }

  @Test
  void theLabelSaysWhereRecoveryBegins() throws IOException {
    Files.writeString(
        copy.resolve("backup_label"),
        "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\nCHECKPOINT LOCATION: 0/2000060\n");
    assertThat(new DataFolder(copy).start()).hasToString("000000010000000000000002");
    assertThat(new DataFolder(copy).label().orElseThrow().incremental()).isFalse();
    Files.writeString(
        copy.resolve("backup_label"),
        "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\nINCREMENTAL FROM LSN: 0/1\n");
    assertThat(new DataFolder(copy).label().orElseThrow().incremental()).isTrue();
    Files.writeString(copy.resolve("backup_label"), "no\u001b[2Jlabel\n");
    assertThatThrownBy(() -> new DataFolder(copy).start())
        .hasMessageContaining("does not say where its WAL starts")
        .hasMessageContaining("no?[2Jlabel");
  }

  @Test
  void aServerThatWasStoppedNeedsNoLabel() throws IOException {
    Files.createDirectories(copy.resolve("pg_wal"));
    Files.writeString(copy.resolve("pg_wal/000000010000000000000007"), "");
    Files.writeString(copy.resolve("pg_wal/000000010000000000000006"), "");
    state(1);
    assertThat(new DataFolder(copy).start()).hasToString("000000010000000000000006");
    state(6);
    assertThatThrownBy(() -> new DataFolder(copy).start())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("no backup_label, and its server was running");
  }

  @Test
  void aMapThatLeadsElsewhereIsRefused() throws IOException {
    DataFolder data = new DataFolder(copy);
    Files.createDirectories(copy.resolve("pg_tblspc"));
    for (String line : List.of("16400 /etc", "16400 relative", "x", "16400 " + copy + "/../out")) {
      Files.writeString(copy.resolve("tablespace_map"), line + "\n");
      assertThatThrownBy(() -> data.linkTablespaces(copy.resolve("ours")))
          .isInstanceOf(CannotRestoreHere.class)
          .hasMessageContaining("leads out of the restore");
      assertThat(copy.resolve("pg_tblspc")).isEmptyDirectory();
    }
    Path ours = Files.createDirectories(copy.resolve("ours/16400"));
    Files.writeString(copy.resolve("tablespace_map"), "16400 " + ours + "\n");
    assertThat(data.linkTablespaces(copy.resolve("ours"))).containsExactly(ours);
    assertThat(copy.resolve("pg_tblspc/16400")).isSymbolicLink();
    data.requireNoWayOut(copy.resolve("ours"));
    assertThatThrownBy(() -> data.requireNoWayOut(copy.resolve("other")))
        .hasMessageContaining("pg_tblspc/16400 leads out");
  }

  @Test
  void whatItsSettingsWouldLoadIsKnown() throws IOException {
    Files.writeString(
        copy.resolve("postgresql.conf"),
        "#shared_preload_libraries = ''\nshared_preload_libraries = 'pg_cron, timescaledb' # both\n");
    assertThat(new DataFolder(copy).preloaded()).hasValue("pg_cron, timescaledb");
    Files.writeString(copy.resolve("postgresql.auto.conf"), "shared_preload_libraries = 'citus'\n");
    assertThat(new DataFolder(copy).preloaded()).hasValue("citus");
    Files.writeString(copy.resolve("postgresql.auto.conf"), "");
    Files.writeString(copy.resolve("postgresql.conf"), "#shared_preload_libraries = ''\n");
    assertThat(new DataFolder(copy).preloaded()).isEmpty();
  }

  @Test
  void whatRecoveryDemandsComesFromTheControlFile() {
    ControlData control =
        ControlData.parse(
            List.of(
                "Database system identifier:           7300000000000000001",
                "Database cluster state:               in production",
                "Bytes per WAL segment:                16777216",
                "max_connections setting:              20",
                "max_prepared_xacts setting:           64",
                "wal_level setting:                    logical",
                "track_commit_timestamp setting:       on",
                "Data page checksum version:           1"));
    assertThat(control.settings())
        .containsEntry("max_connections", "100")
        .containsEntry("max_prepared_transactions", "64")
        .containsEntry("wal_level", "logical")
        .containsEntry("track_commit_timestamp", "on");
    assertThat(control.hasChecksums()).isTrue();
    assertThat(control.segmentBytes()).isEqualTo(16777216);
    assertThatThrownBy(control::redo).hasMessageContaining("REDO WAL file");
  }
}
