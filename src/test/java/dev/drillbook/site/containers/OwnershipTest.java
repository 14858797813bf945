package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.site.embedded.EmbeddedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
  private static final int NOBODY = 65534;
  @TempDir Path folder;

  @Test
  void allThatIsThereGetsItsOwnerWhateverVanishesMeanwhile() throws Exception {
    assumeTrue(EmbeddedSite.userId() == 0, "only root may give files away");
    Path stays = Files.writeString(Files.createDirectory(folder.resolve("z")).resolve("a"), "");
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> server = CompletableFuture.runAsync(() -> comeAndGo(done));
    try {
      for (int i = 0; i < 200; i++) {
        Ownership.give(folder, NOBODY, NOBODY);
      }
    } finally {
      done.set(true);
      server.join();
    }
    assertThat(Files.getAttribute(stays, "unix:uid")).isEqualTo(NOBODY);
    assertThat(Files.getAttribute(stays.getParent(), "unix:gid")).isEqualTo(NOBODY);
  }

  private void comeAndGo(AtomicBoolean done) {
    try {
      while (!done.get()) {
        for (int i = 0; i < 20; i++) {
          Files.createDirectories(folder.resolve("d" + i).resolve("e"));
        }
        for (int i = 0; i < 20; i++) {
          Files.delete(folder.resolve("d" + i).resolve("e"));
          Files.delete(folder.resolve("d" + i));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsThereAndCannotBeGivenIsSaid() throws Exception {
    assumeTrue(EmbeddedSite.userId() != 0, "root may give everything away");
    Path file = Files.writeString(folder.resolve("a"), "");
    assertThatThrownBy(() -> Ownership.give(file, NOBODY, NOBODY)).isInstanceOf(IOException.class);
  }
}
