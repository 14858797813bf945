package dev.drillbook.site.embedded.standin.nio2blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test makes what a process leaves that is killed at a certain line of the library. */
class CrashRepairTest {
  private static final String UUID = "-123e4567-e89b-12d3-a456-426614174000";
  private static final String HASH = "0123456789abcdef0123456789abcdef-";

  @TempDir Path folder;
  private Path bucket;
  private KeysLikeTemporary keys;

  @BeforeEach
  void makeBucket() throws IOException {
    bucket = Files.createDirectories(folder.resolve("buckets/media"));
    keys = new KeysLikeTemporary(Files.createDirectories(folder.resolve("keys")));
  }

  @Test
  void aTemporaryFileAndTheFolderThatWasMadeForItGo() throws IOException {
    file("a/b" + UUID, "user.content-md5");
    file("a/kept", "user.content-md5");
    file("c/d" + UUID);
    repair();
    assertThat(bucket.resolve("a/b" + UUID)).doesNotExist();
    assertThat(bucket.resolve("a/kept")).exists();
    assertThat(bucket.resolve("c")).doesNotExist();
  }

  @Test
  void anObjectWhoseKeyLooksLikeATemporaryFileStays() throws IOException {
    keys.announce("media", "a" + UUID);
    keys.announce("media", "a" + UUID);
    file("a" + UUID, "user.content-md5");
    file("a" + UUID + UUID, "user.content-md5");
    repair();
    assertThat(bucket.resolve("a" + UUID)).exists();
    assertThat(bucket.resolve("a" + UUID + UUID)).doesNotExist();
  }

  @Test
  void aFolderThatIsAnObjectStays() throws IOException {
    Files.createDirectories(bucket.resolve("folder"));
    attribute(bucket.resolve("folder"), "user.content-md5", "x");
    repair();
    assertThat(bucket.resolve("folder")).isDirectory();
  }

  @Test
  void anObjectThatWasBeingReplacedIsBack() throws IOException {
    version("1000000000000001", "dir/a", "old", "user.content-md5");
    version("1000000000000002", "dir/a", "current", "user.content-md5");
    assertThat(repair()).isEqualTo(1_000_000_000_000_002L);
    assertThat(bucket.resolve("dir/a")).content().isEqualTo("current");
    assertThat(bucket.resolve(".s3proxy-versions")).isDirectoryNotContaining("glob:**2");
  }

  @Test
  void anObjectThatWasDeletedStaysSo() throws IOException {
    version("1000000000000001", "a", "old", "user.content-md5");
    version("1000000000000002", "a", "", "user.delete-marker");
    repair();
    assertThat(bucket.resolve("a")).doesNotExist();
  }

  @Test
  void aDeleteMarkerThatWasNotFinishedGoesAndTheObjectIsBack() throws IOException {
    version("1000000000000001", "a", "old", "user.content-md5");
    version("1000000000000002", "a", "");
    repair();
    assertThat(bucket.resolve("a")).content().isEqualTo("old");
    assertThat(bucket.resolve(".s3proxy-versions")).isEmptyDirectory();
  }

  private long repair() throws IOException {
    return new CrashRepair(folder.resolve("buckets"), keys).run();
  }

  private void file(String key, String... attributes) throws IOException {
    write(bucket.resolve(key), "x", attributes);
  }

  private void version(String number, String key, String content, String... attributes)
      throws IOException {
    Path file = bucket.resolve(".s3proxy-versions").resolve(HASH + number);
    write(file, content, attributes);
    attribute(file, "user.version-key", key);
    attribute(file, "user.version-id", "v" + number);
  }

  private static void write(Path file, String content, String... attributes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    for (String name : attributes) {
      attribute(file, name, "x");
    }
  }

  private static void attribute(Path file, String name, String value) throws IOException {
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }
}
