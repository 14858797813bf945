package dhakacart;

import com.sun.net.httpserver.HttpExchange;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code GET /health}: 200 only if a query on the shop's own tables has just succeeded.
 *
 * <p>It goes through the pool as every request does, so a shop that can serve nobody is not
 * healthy. The query runs on a thread of its own because a health check must answer within a second
 * even while the database accepts connections and then says nothing.
 */
final class HealthEndpoint implements Endpoint {
  private static final long LONGEST_MILLIS = 1000;

  private final ProductStore products;
  private final ExecutorService executor;

  HealthEndpoint(ProductStore products, ExecutorService executor) {
    this.products = products;
    this.executor = executor;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused {
    if (!exchange.getRequestURI().getPath().equals("/health")) {
      throw new Refused(404, "no such page");
    }
    Future<?> query =
        executor.submit(
            () -> {
              products.touch();
              return null;
            });
    try {
      query.get(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
      return up();
    } catch (TimeoutException e) {
      return down("the database does not answer within " + LONGEST_MILLIS + " ms");
    } catch (ExecutionException e) {
      return down(e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down("the shop is stopping");
    } finally {
      query.cancel(true);
    }
  }

  private static Answer up() {
    return new Answer(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "ok");
          json.writeEndObject();
        });
  }

  private static Answer down(String reason) {
    return new Answer(
        503,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "down");
          json.writeStringField("reason", reason);
          json.writeEndObject();
        });
  }
}
