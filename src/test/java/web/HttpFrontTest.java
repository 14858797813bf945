package web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpFrontTest {
  private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger worked = new AtomicInteger();
  private final CountDownLatch atWork = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpFront front;

  private void serve(Duration longestQueued) throws Exception {
    front =
        new HttpFront(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), oneThread, longestQueued);
    front.route(
        "/work",
        exchange -> {
          if (worked.getAndIncrement() == 0) {
            atWork.countDown();
            await(release);
          }
          return new Answer(200, JsonGenerator::writeStartArray);
        });
    front.start();
  }

  @AfterEach
  void stop() {
    release.countDown();
    front.stop(Duration.ofSeconds(5));
    oneThread.shutdownNow();
  }

  @Test
  void whoCameInTimeIsServed() throws Exception {
    serve(Duration.ofSeconds(30));
    CompletableFuture<HttpResponse<String>> first = ask();
    atWork.await();
    CompletableFuture<HttpResponse<String>> second = ask();

    release.countDown();

    assertThat(answer(first).statusCode()).isEqualTo(200);
    assertThat(answer(second).statusCode()).isEqualTo(200);
    assertThat(worked).hasValue(2);
  }

  @Test
  void whoWaitedTooLongForAThreadIsRefusedAndNothingIsDoneForThem() throws Exception {
    serve(Duration.ofMillis(500));
    CompletableFuture<HttpResponse<String>> first = ask();
    atWork.await();
    CompletableFuture<HttpResponse<String>> second = ask();
    Thread.sleep(900);

    release.countDown();

    assertThat(answer(first).statusCode()).isEqualTo(200);
    assertThat(answer(second).statusCode()).isEqualTo(503);
    assertThat(answer(second).body()).contains("nothing was changed");
    assertThat(worked).hasValue(1);
    assertThat(answer(ask()).statusCode()).as("the rush is over").isEqualTo(200);
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    InetSocketAddress address = front.address();
    URI uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/work");
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> asked)
      throws Exception {
    return asked.get(10, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
