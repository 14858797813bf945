package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Gets an image from its registry, for as long as the registry says that something happens. */
final class Pull {
  private static final Duration SILENT_FOR = Duration.ofSeconds(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final DockerClient docker;
  private final String image;
  private volatile long heard = System.nanoTime();

  Pull(DockerClient docker, String image) {
    this.docker = docker;
    this.image = image;
  }

  /**
   * Returns once it is here.
   *
   * @throws DrillException if it cannot be had
   */
  void await() {
    try (Progress progress = docker.pullImageCmd(image).exec(new Progress())) {
      while (!progress.awaitCompletion(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - heard > SILENT_FOR.toNanos()) {
          throw cannot("its registry has kept silent for " + SILENT_FOR.toSeconds() + " s", null);
        }
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof DrillException known) {
        throw known;
      }
      throw cannot(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + image + " was being pulled", "run the drill again", e);
    }
  }

  private DrillException cannot(String why, Exception cause) {
    return new DrillException(
        "the image " + image + " is not here and cannot be pulled: " + why,
        "pull it by hand, use images made on this machine (drills/images/build, -Ddrill.images=local), or -Ddrill.site=embedded",
        cause);
  }

  private final class Progress extends ResultCallback.Adapter<PullResponseItem> {
    @Override
    public void onNext(PullResponseItem item) {
      heard = System.nanoTime();
    }
  }
}
