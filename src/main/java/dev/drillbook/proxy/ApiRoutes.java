package dev.drillbook.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillbook.timeline.DrillException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Toxiproxy's HTTP API: which request means which command, and how its outcome is told. */
final class ApiRoutes {
  /** What clients are told; it is the form of this version that is spoken. */
  private static final String VERSION = "{\"version\": \"2.12.0\"}\n";

  private final EventLoop loop;
  private final ProxyRegistry proxies;

  ApiRoutes(EventLoop loop, ProxyRegistry proxies) {
    this.loop = loop;
    this.proxies = proxies;
  }

  ApiAnswer answer(String method, String path, String body) {
    try {
      List<String> parts = List.of(path.substring(1).split("/", -1));
      return switch (parts.get(0)) {
        case "version" -> parts.size() == 1 ? version(method) : noSuchPage();
        case "reset" -> parts.size() == 1 ? reset(method) : noSuchPage();
        case "populate" -> parts.size() == 1 ? populate(method, body) : noSuchPage();
        case "proxies" -> proxies(method, parts, body);
        default -> noSuchPage();
      };
    } catch (Refusal refusal) {
      return refused(refusal);
    } catch (DrillException e) {
      return ApiAnswer.json(500, ApiJson.error(e.problem(), 500));
    }
  }

  private ApiAnswer proxies(String method, List<String> parts, String body) {
    if (parts.contains("")) {
      return noSuchPage();
    }
    if (parts.size() > 2 && !parts.get(2).equals("toxics")) {
      return noSuchPage();
    }
    return switch (parts.size()) {
      case 1 -> allProxies(method, body);
      case 2 -> oneProxy(method, parts.get(1), body);
      case 3 -> allToxics(method, parts.get(1), body);
      case 4 -> oneToxic(method, parts.get(1), parts.get(3), body);
      default -> noSuchPage();
    };
  }

  private ApiAnswer allProxies(String method, String body) {
    return switch (method) {
      case "GET" -> ApiAnswer.json(200, ApiJson.byName(run(proxies::all)));
      case "POST" -> {
        ProxyOrder order = ApiJson.newProxy(body);
        yield ApiAnswer.json(201, ApiJson.of(run(() -> proxies.create(order))));
      }
      default -> wrongMethod();
    };
  }

  private ApiAnswer oneProxy(String method, String name, String body) {
    return switch (method) {
      case "GET" -> ApiAnswer.json(200, ApiJson.of(run(() -> proxies.get(name))));
      case "POST", "PATCH" ->
          ApiAnswer.json(
              200,
              ApiJson.of(
                  run(() -> proxies.update(name, order -> ApiJson.changedProxy(order, body)))));
      case "DELETE" -> {
        run(() -> proxies.delete(name));
        yield ApiAnswer.empty(204);
      }
      default -> wrongMethod();
    };
  }

  private ApiAnswer allToxics(String method, String proxy, String body) {
    return switch (method) {
      case "GET" -> ApiAnswer.json(200, ApiJson.of(run(() -> proxies.get(proxy)).toxics()));
      case "POST" -> {
        ProxyState state = run(() -> proxies.get(proxy));
        Toxic toxic = ApiJson.newToxic(body, state.toxics());
        yield ApiAnswer.json(200, ApiJson.of(run(() -> proxies.addToxic(proxy, toxic))));
      }
      default -> wrongMethod();
    };
  }

  private ApiAnswer oneToxic(String method, String proxy, String name, String body) {
    return switch (method) {
      case "GET" -> ApiAnswer.json(200, ApiJson.of(run(() -> proxies.toxic(proxy, name))));
      case "POST", "PATCH" ->
          ApiAnswer.json(
              200,
              ApiJson.of(
                  run(
                      () ->
                          proxies.changeToxic(
                              proxy, name, toxic -> ApiJson.changedToxic(toxic, body)))));
      case "DELETE" -> {
        run(() -> proxies.removeToxic(proxy, name));
        yield ApiAnswer.empty(204);
      }
      default -> wrongMethod();
    };
  }

  private ApiAnswer version(String method) {
    return method.equals("GET")
        ? new ApiAnswer(200, "application/json;charset=utf-8", VERSION)
        : wrongMethod();
  }

  private ApiAnswer reset(String method) {
    if (!method.equals("POST")) {
      return wrongMethod();
    }
    run(proxies::reset);
    return ApiAnswer.empty(204);
  }

  /** Those that come before one that fails stay, and are told. */
  private ApiAnswer populate(String method, String body) {
    if (!method.equals("POST")) {
      return wrongMethod();
    }
    List<ProxyState> done = new ArrayList<>();
    try {
      for (ProxyOrder order : ApiJson.newProxies(body)) {
        done.add(run(() -> proxies.populate(order)));
      }
    } catch (Refusal refusal) {
      int status = status(refusal);
      return ApiAnswer.json(
          status, ApiJson.populated(ApiJson.error(refusal.getMessage(), status), done));
    }
    return ApiAnswer.json(201, ApiJson.populated(ApiJson.object(), done));
  }

  private <T> T run(Supplier<T> command) {
    return loop.call(command);
  }

  private static ApiAnswer refused(Refusal refusal) {
    int status = status(refusal);
    JsonNode error = ApiJson.error(refusal.getMessage(), status);
    return ApiAnswer.json(status, error);
  }

  private static int status(Refusal refusal) {
    return switch (refusal.reason()) {
      case MALFORMED -> 400;
      case UNKNOWN -> 404;
      case ALREADY_THERE -> 409;
      case FAILED -> 500;
    };
  }

  private static ApiAnswer noSuchPage() {
    return new ApiAnswer(404, "text/plain; charset=utf-8", "404 page not found\n");
  }

  private static ApiAnswer wrongMethod() {
    return ApiAnswer.empty(405);
  }
}
