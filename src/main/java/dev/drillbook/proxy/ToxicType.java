package dev.drillbook.proxy;

import dev.drillbook.proxy.Refusal.Reason;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** The kinds of toxics, with the names and the order of their attributes in the API. */
enum ToxicType {
  LATENCY("latency", "latency", "jitter") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new Latency(values.get(0), values.get(1), random);
    }
  },
  BANDWIDTH("bandwidth", "rate") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new Bandwidth(values.get(0));
    }
  },
  SLOW_CLOSE("slow_close", "delay") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new SlowClose(values.get(0));
    }
  },
  TIMEOUT("timeout", "timeout") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new Timeout(values.get(0), nowNanos);
    }
  },
  RESET_PEER("reset_peer", "timeout") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new ResetPeer(values.get(0));
    }
  },
  SLICER("slicer", "average_size", "size_variation", "delay") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new Slicer(values.get(0), values.get(1), values.get(2), random);
    }
  },
  LIMIT_DATA("limit_data", "bytes") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new LimitData(values.get(0));
    }
  },
  NOOP("noop") {
    @Override
    Effect effect(List<Long> values, SplittableRandom random, long nowNanos) {
      return new PassThrough();
    }
  };

  private final String apiName;

  @SuppressWarnings("ImmutableEnumChecker") // It is, but its type does not say so.
  private final List<String> attributes;

  ToxicType(String apiName, String... attributes) {
    this.apiName = apiName;
    this.attributes = List.of(attributes);
  }

  /** What a toxic of this kind does to one connection, from now on. */
  abstract Effect effect(List<Long> values, SplittableRandom random, long nowNanos);

  List<String> attributes() {
    return attributes;
  }

  /** The values of a toxic that was ordered without any. */
  List<Long> defaults() {
    return Collections.nCopies(attributes.size(), 0L);
  }

  static ToxicType named(String apiName) {
    for (ToxicType type : values()) {
      if (type.apiName.equals(apiName)) {
        return type;
      }
    }
    throw new Refusal(Reason.MALFORMED, "invalid toxic type");
  }

  @Override
  public String toString() {
    return apiName;
  }
}
