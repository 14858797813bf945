package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One container, by its id. */
final class Container {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

  private final DockerClient docker;
  private final String id;
  private final String name;

  Container(DockerClient docker, String id, String name) {
    this.docker = docker;
    this.id = id;
    this.name = name;
  }

  String id() {
    return id;
  }

  String describe() {
    return "container " + name;
  }

  void start() {
    ask("started", () -> docker.startContainerCmd(id).exec());
  }

  /**
   * @param done what cannot be done to it if the engine fails, e.g. "paused"
   * @throws DrillException if it does
   */
  private <T> T ask(String done, Supplier<T> request) {
    try {
      return request.get();
    } catch (RuntimeException e) {
      throw new DrillException(
          describe() + " cannot be " + done + ": " + e.getMessage(), "does Docker run?", e);
    }
  }

  /** Empty where it was removed. */
  private Optional<ContainerState> state() {
    return ask(
        "looked at",
        () -> {
          try {
            return Optional.of(docker.inspectContainerCmd(id).exec().getState());
          } catch (NotFoundException removed) {
            return Optional.empty();
          }
        });
  }

  boolean isRunning() {
    return state().map(state -> Boolean.TRUE.equals(state.getRunning())).orElse(false);
  }

  boolean isPaused() {
    return state().map(state -> Boolean.TRUE.equals(state.getPaused())).orElse(false);
  }

  /** -1 where nobody knows. */
  int exitCode() {
    return state().map(ContainerState::getExitCodeLong).map(Long::intValue).orElse(-1);
  }

  /** Its main process's number on this machine, while it runs. */
  Optional<Long> pid() {
    return state().map(ContainerState::getPidLong).filter(pid -> pid > 0);
  }

  /** Sends a signal, e.g. "SIGINT", to its main process; nothing where it does not run. */
  void signal(String signal) {
    ask(
        "sent " + signal,
        () -> {
          try {
            return docker.killContainerCmd(id).withSignal(signal).exec();
          } catch (ConflictException | NotFoundException notRunning) {
            return null; // Then there is nobody to tell.
          }
        });
  }

  /** Whether it has ended within {@code limit}. */
  boolean awaitEnd(Duration limit) {
    try (WaitContainerResultCallback ended =
        docker.waitContainerCmd(id).exec(new WaitContainerResultCallback())) {
      // The engine may also have ended the answer without one.
      return ended.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS) && !isRunning();
    } catch (NotFoundException removed) {
      return true;
    } catch (DrillException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DrillException(describe() + " cannot be waited for: " + e, "does Docker run?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + describe() + " was ending", "run the drill again", e);
    }
  }

  void kill() {
    signal("SIGKILL");
    if (!awaitEnd(GONE_WITHIN)) {
      throw new DrillException(describe() + " is still there after SIGKILL", "look at it");
    }
  }

  void pause() {
    ask("paused", () -> docker.pauseContainerCmd(id).exec());
  }

  void unpause() {
    if (isPaused()) {
      ask("resumed", () -> docker.unpauseContainerCmd(id).exec());
    }
  }

  /** Ends and removes it, with what is in it alone; nothing where it was removed. */
  void remove() {
    ask(
        "removed",
        () -> {
          try {
            return docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
          } catch (NotFoundException | NotModifiedException | ConflictException beingRemoved) {
            return null; // By somebody else.
          }
        });
  }
}
