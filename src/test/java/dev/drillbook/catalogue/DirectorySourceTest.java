package dev.drillbook.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectorySourceTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-05T02:00:01Z");

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
  }

  private static BackupSource open(Path location) {
    return BackupSources.open(location.toString(), Map.of());
  }

  private static List<String> names(Path location) {
    return open(location).list().stream().map(StoredFile::name).sorted().toList();
  }

  @Test
  void everyFileIsListedWithItsSizeAndTime() throws Exception {
    file("daily/ü/a b.gz", "12345");
    file("c", "");
    assertThat(open(folder).list())
        .containsExactlyInAnyOrder(
            new StoredFile("daily/ü/a b.gz", 5, WRITTEN), new StoredFile("c", 0, WRITTEN));
  }

  @Test
  void linksAreNeitherListedNorFollowedButTheRootMayBeOne() throws Exception {
    file("real/a.gz", "1");
    file("outside/secret", "2");
    Files.createSymbolicLink(folder.resolve("real/latest.gz"), Path.of("a.gz"));
    Files.createSymbolicLink(folder.resolve("real/out"), folder.resolve("outside"));
    Path root = Files.createSymbolicLink(folder.resolve("root"), folder.resolve("real"));
    assertThat(names(root)).containsExactly("a.gz");
    assertThatThrownBy(() -> open(root).open(new StoredFile("latest.gz", 1, WRITTEN)).close())
        .isInstanceOf(DrillException.class);
  }

  @Test
  void contentIsRead() throws Exception {
    file("daily/a", "content");
    BackupSource source = open(folder);
    try (InputStream content = source.open(source.list().get(0))) {
      assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo("content");
    }
  }

  @Test
  void aFileThatHasGoneIsToldByName() {
    assertThatThrownBy(() -> open(folder).open(new StoredFile("gone.gz", 1, WRITTEN)).close())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(folder.resolve("gone.gz").toString())
        .hasMessageContaining("gone since it was listed");
  }

  @Test
  void aNameThatLeadsOutIsRefused() throws Exception {
    file("outside", "secret");
    Path root = Files.createDirectory(folder.resolve("root"));
    assertThatThrownBy(() -> open(root).open(new StoredFile("../outside", 6, WRITTEN)).close())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("leads out of " + root);
  }

  @Test
  void aPlaceThatIsMissingOrNoDirectoryIsNamed() throws Exception {
    Path missing = folder.resolve("nowhere");
    assertThatThrownBy(() -> open(missing).list())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("there is no directory " + missing)
        .hasMessageContaining("mounted");
    Path file = file("file", "");
    assertThatThrownBy(() -> open(file).list())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(file + " is no directory");
  }

  @Test
  void aFolderThatMayNotBeListedIsNamedUnlessItIsOfTheFileSystem() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may list everything");
    file("a", "");
    Path own = Files.createDirectory(folder.resolve("lost+found"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("---------"));
    assertThat(names(folder)).containsExactly("a");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assertThatThrownBy(() -> names(folder))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(closed + " may not be listed by");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gs://bucket/x", "https://example.com/x", "s3://", "s3:///x", "a\0b"})
  void whatIsNoPlaceIsRefused(String location) {
    assertThatThrownBy(() -> BackupSources.open(location, Map.of()))
        .isInstanceOf(DrillException.class);
  }

  @Test
  void aDirectoryDoesNotTellWhatIsLocked() throws Exception {
    file("a", "");
    BackupSource source = open(folder);
    assertThat(source.lock(source.list().get(0), WRITTEN)).isInstanceOf(Lock.Untold.class);
  }
}
