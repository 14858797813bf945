package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets an image from its registry, for as long as the registry says that something happens. */
final class Pull {
  static final Duration SILENT_FOR = Duration.ofSeconds(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final DockerClient docker;
  private final String image;
  private final Progress progress = new Progress();
  private final Duration silentFor;
  private volatile long heard = System.nanoTime();
  private volatile String refusal;

  Pull(DockerClient docker, String image, Duration silentFor) {
    this.docker = docker;
    this.image = image;
    this.silentFor = silentFor;
  }

  /**
   * Returns once it is here.
   *
   * @throws DrillException if it cannot be had
   */
  void await() {
    // The engine itself says nothing at all until the registry does: asking it is not waited for.
    CompletableFuture<Void> asking = new CompletableFuture<>();
    Thread thread = new Thread(() -> ask(asking), "drillbook-pull");
    thread.setDaemon(true);
    thread.start();
    while (true) {
      try {
        asking.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (System.nanoTime() - heard > silentFor.toNanos()) {
          giveUp();
          throw cannot("its registry has kept silent for " + silentFor.toSeconds() + " s", e);
        }
      } catch (ExecutionException e) {
        throw cannot(String.valueOf(e.getCause().getMessage()), e);
      } catch (InterruptedException e) {
        giveUp();
        Thread.currentThread().interrupt();
        throw new DrillException(
            "interrupted while " + image + " was being pulled", "run the drill again", e);
      }
    }
  }

  /** The engine ends what nobody listens to. */
  private void giveUp() {
    try {
      progress.close();
    } catch (IOException closedAnyway) {
      // Nobody wants it any more.
    }
  }

  /** The engine takes a name without a tag for all of its tags. */
  static String oneOf(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? image : image + ":latest";
  }

  private void ask(CompletableFuture<Void> asking) {
    try (progress) {
      docker.pullImageCmd(oneOf(image)).exec(progress).awaitCompletion();
      if (refusal != null) {
        throw new IOException(refusal);
      }
      asking.complete(null);
    } catch (IOException | RuntimeException | InterruptedException e) {
      asking.completeExceptionally(e);
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
      // What goes wrong later is said among the news of how far it is.
      if (refusal == null && item.getErrorDetail() != null) {
        refusal = item.getErrorDetail().getMessage();
      }
    }
  }
}
