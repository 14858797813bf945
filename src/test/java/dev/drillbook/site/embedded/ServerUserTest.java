package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerUserTest {
  private static final List<String> COMMAND = List.of("id", "-u");

  @TempDir Path folder;

  @Test
  void anOrdinaryUserStaysWhoItIs() {
    assertThat(ServerUser.OURSELVES.run(COMMAND)).isEqualTo(COMMAND);
  }

  @Test
  void whoIsNotRootRunsServersAsItself() throws IOException {
    Files.setAttribute(folder, "unix:uid", notRoot());
    assertThat(ServerUser.choose(folder)).isEqualTo(ServerUser.OURSELVES);
  }

  @Test
  void whatRootRunsIsSomebodyElse() throws Exception {
    assumeTrue(uid(folder) == 0, "only root needs another user");
    ServerUser chosen = ServerUser.choose(folder);
    assertThat(chosen).isNotEqualTo(ServerUser.OURSELVES);

    Process process = new ProcessBuilder(chosen.run(COMMAND)).start();
    String uid =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(uid).isEqualTo("65534");
  }

  @Test
  void onlyNobodyIsGivenItsFiles() throws IOException {
    assumeTrue(uid(folder) == 0, "only root can give files away");
    Path file = Files.writeString(Files.createDirectory(folder.resolve("data")).resolve("f"), "x");
    ServerUser.USER_NAMESPACE.own(folder.resolve("data"));
    assertThat(uid(file)).isZero();
    ServerUser.NOBODY.own(folder.resolve("data"));
    assertThat(uid(file)).isEqualTo(65534);
    assertThat(uid(file.getParent())).isEqualTo(65534);
    assertThat(uid(folder)).isZero();
  }

  private int notRoot() throws IOException {
    return uid(folder) == 0 ? 65534 : uid(folder);
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }
}
