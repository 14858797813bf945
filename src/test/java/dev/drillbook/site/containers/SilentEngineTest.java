package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.site.embedded.SiteBase;
import dev.drillbook.site.embedded.TestPlans;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine that does not answer, or fails, does to those who ask it. */
class SilentEngineTest {
  private static final DockerClient GONE =
      client(
          (proxy, method, arguments) -> {
            throw new IllegalStateException("the engine is gone");
          });

  @TempDir Path folder;

  private static DockerClient client(InvocationHandler handler) {
    return proxy(DockerClient.class, handler);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Takes every request, and never does anything. */
  private static Object silent(Object self, java.lang.reflect.Method method, Object[] arguments) {
    if (method.getName().equals("exec")) {
      return arguments == null ? null : arguments[0];
    }
    return method.getReturnType().isInstance(self)
        ? self
        : proxy(method.getReturnType(), SilentEngineTest::silent);
  }

  @Test
  void aProgramWhoseOutputIsNotPassedOnIsNotStarted() {
    DockerClient silent = client(SilentEngineTest::silent);
    Container container = new Container(silent, "1", "tool-1");
    assertThatThrownBy(() -> ContainerProcess.start(silent, container, Duration.ofMillis(200)))
        .isInstanceOf(IOException.class)
        .hasMessage("Docker's engine has not opened the output of container tool-1 within 200 ms");
  }

  @Test
  void whatAnEngineFailsAtIsSaidWithWhatToDo() {
    Container container = new Container(GONE, "1", "db-1");
    assertThatThrownBy(container::start)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("container db-1 cannot be started: the engine is gone");
    assertThatThrownBy(container::pause).hasMessageContaining("db-1 cannot be paused");
    assertThatThrownBy(container::isRunning).hasMessageContaining("db-1 cannot be looked at");
    assertThatThrownBy(container::kill).hasMessageContaining("db-1 cannot be sent SIGKILL");
    assertThatThrownBy(container::remove).hasMessageContaining("db-1 cannot be removed");
    assertThatThrownBy(() -> container.awaitEnd(Duration.ofMillis(1)))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("db-1 cannot be waited for");
  }

  @Test
  void aSiteWhoseEngineIsGoneIsClosedAndSaysWhatIsLeft() throws Exception {
    Path planFolder = Files.createDirectory(folder.resolve("plan-folder"));
    DrillPlan plan = TestPlans.oneDatabase(planFolder, "");
    Path site = Files.createDirectory(folder.resolve("drillbook-site-1"));
    UndoJournal journal =
        new UndoJournal() {
          @Override
          public Entry write(Undo undo) {
            throw new IllegalStateException("nothing is made");
          }
        };
    Images images = new Images(GONE, plan, true);
    ContainersHost host =
        new ContainersHost(
            GONE,
            images,
            new AppStarts(plan, images),
            new SiteBase(site, planFolder, journal, () -> 1, 1000, 1000));
    assertThat(host.close())
        .containsExactly("the containers of " + site + " could not be removed: the engine is gone");
    assertThatThrownBy(() -> host.startNetwork(1, List.of()))
        .hasMessageContaining("the site is closed");
  }
}
