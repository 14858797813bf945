package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupReadingTest {
  private final Random random = new Random(42);

  private static BigInteger unsigned(EntryHash hash) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(hash.high()).putLong(hash.low()).array();
    return new BigInteger(1, bytes);
  }

  @Test
  void sumsLoseNothingToAnOverflow() {
    HashSum sum = new HashSum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 10_000; i++) {
      EntryHash hash =
          i % 3 == 0 ? new EntryHash(-1, -1) : new EntryHash(random.nextLong(), random.nextLong());
      sum.add(hash);
      expected = expected.add(unsigned(hash));
    }
    assertThat(sum.fingerprint()).isEqualTo(new Fingerprint(10_000, expected));
  }

  @Test
  void aKeyThatAScanHandsOutTwiceCountsOnce() {
    List<Integer> numbers = new ArrayList<>();
    GroupReading once = new GroupReading("db0", KeyBudget.standard());
    for (int i = 0; i < 500; i++) {
      numbers.add(i);
      numbers.addAll(i % 7 == 0 ? List.of(i) : List.of());
      add(once, i);
    }
    Collections.shuffle(numbers, random);
    GroupReading twice = new GroupReading("db0", KeyBudget.standard());
    numbers.forEach(number -> add(twice, number));
    GroupImage expected = once.build(Instant.EPOCH);
    GroupImage found = twice.buildOfDistinctKeys(Instant.EPOCH);
    assertThat(found.count()).isEqualTo(500);
    assertThat(found.lasting()).isEqualTo(expected.lasting());
    assertThat(found.expiring()).isEqualTo(expected.expiring());
    assertThat(GroupChanges.between(StoreImage.Kind.REDIS, expected, found).same()).isTrue();
  }

  private static void add(GroupReading reading, int number) {
    EntryHash hash = new EntryHash.Builder().number(number).build();
    reading.add("key" + number, hash, number % 5 == 0 ? 1_000 : KeptKeys.NEVER);
  }

  @Test
  void aGroupThatDoesNotFitLeavesItsRoomToOthers() {
    KeyBudget budget = new KeyBudget(10, 1 << 10);
    GroupReading large = new GroupReading("large", budget);
    for (int i = 0; i < 11; i++) {
      add(large, i);
    }
    GroupReading small = new GroupReading("small", budget);
    for (int i = 0; i < 10; i++) {
      add(small, i);
    }
    assertThat(large.build(Instant.EPOCH).kept()).isEmpty();
    assertThat(large.build(Instant.EPOCH).count()).isEqualTo(11);
    assertThat(small.build(Instant.EPOCH).kept()).isPresent();
  }

  @Test
  void imagesOfTheSameEntriesAreEqualWheneverAndHoweverTheyWereRead() {
    GroupReading kept = new GroupReading("db0", KeyBudget.standard());
    GroupReading summed = new GroupReading("db0", new KeyBudget(0, 0));
    GroupReading other = new GroupReading("db0", KeyBudget.standard());
    for (int i = 0; i < 10; i++) {
      add(kept, i);
      add(summed, 9 - i);
      add(other, i + 1);
    }
    GroupImage image = kept.build(Instant.EPOCH);
    assertThat(summed.build(Instant.EPOCH.plusSeconds(1)))
        .isEqualTo(image)
        .hasSameHashCodeAs(image);
    assertThat(other.build(Instant.EPOCH)).isNotEqualTo(image);
    kept.define("index", "unique");
    assertThat(kept.build(Instant.EPOCH)).isNotEqualTo(image);
  }

  @Test
  void partsCannotRunIntoEachOther() {
    assertThat(new EntryHash.Builder().part("ab").part("c").build())
        .isNotEqualTo(new EntryHash.Builder().part("a").part("bc").build());
  }

  @Test
  void keysThatAreNoTextAreShownSoThatNoTwoAreAlike() {
    assertThat(RedisReader.shown("prix: 5 €".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo("prix: 5 €");
    assertThat(RedisReader.shown(new byte[] {'a', 0, (byte) 0xff})).isEqualTo("a\\x00\\xff");
    assertThat(RedisReader.shown(new byte[] {'\\', 'x', '0', '0'})).isEqualTo("\\x5cx00");
  }
}
