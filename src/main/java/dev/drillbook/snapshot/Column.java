package dev.drillbook.snapshot;

import java.util.Optional;

/**
 * A column, and the SQL that folds its value into the hash of its row.
 *
 * @param name quoted where SQL needs it
 * @param type as in a cast, e.g. {@code numeric(14,4)}
 * @param output the qualified name of the type's output function
 * @param base the type below a domain; empty where the type is none
 * @param nullable whether the column itself admits NULL
 */
record Column(
    String name,
    String type,
    String output,
    Optional<String> base,
    boolean nullable,
    Encoding encoding) {

  /** What tells NULL from the value that stands in for it; any odd constant would do. */
  private static final long NULL_MARK = 7046029254386353131L;

  /**
   * How a value is hashed. PostgreSQL's own hash functions are several times faster than hashing
   * text, but they hash what is equal to the same number, and equal is not the same: 1.0 and 1.00,
   * 0 and -0, 1 month and 30 days. So each is used only where it tells all values of its type
   * apart; every other type goes through the text that its output function gives, which is what a
   * dump holds.
   */
  enum Encoding {
    BOOLEAN,
    INT2,
    INT4,
    INT8,
    OID,
    FLOAT4,
    FLOAT8,
    UUID,
    /** text, varchar: their bytes, whatever the column's collation deems equal. */
    TEXT,
    /** char(n), which is always padded to n; its hash leaves the padding out. */
    PADDED,
    /** Anything else, as text. */
    OUTPUT
  }

  /** The value as text, exactly as a dump would show it; NULL where it is NULL. */
  String text() {
    String value = base.map(type -> "cast(" + value() + " as " + type + ")").orElse(value());
    return "textin(" + output + "(" + value + "))";
  }

  /** Whether equal values of both have equal hashes. */
  boolean isLike(Column other) {
    return name.equals(other.name) && type.equals(other.type) && encoding == other.encoding;
  }

  String value() {
    return "t." + name;
  }

  /** A bigint of {@code previous}, itself a bigint, and this column's value. */
  String fold(String previous) {
    return switch (encoding) {
      case BOOLEAN ->
          "hashint4extended(case when %1$s then 1 when not %1$s then 0 else 2 end, %2$s)"
              .formatted(value(), previous);
      case INT2 -> marked("hashint2extended(" + orElse("0::int2") + ", " + previous + ")");
      case INT4 -> marked("hashint4extended(" + orElse("0") + ", " + previous + ")");
      case INT8 -> marked(bothHalves(orElse("0::int8"), previous));
      case OID -> marked("hashoidextended(" + orElse("0::oid") + ", " + previous + ")");
      case FLOAT4 -> floating("hashfloat4extended", "float4", previous);
      case FLOAT8 -> floating("hashfloat8extended", "float8", previous);
      case UUID ->
          marked(
              "uuid_hash_extended("
                  + orElse("'00000000-0000-0000-0000-000000000000'::uuid")
                  + ", "
                  + previous
                  + ")");
      case TEXT -> marked("hashtextextended(" + orElse("''") + " collate \"C\", " + previous + ")");
      case PADDED ->
          marked("hashbpcharextended(" + orElse("''") + " collate \"C\", " + previous + ")");
      case OUTPUT ->
          marked("hashtextextended(" + orElse(text(), "''") + " collate \"C\", " + previous + ")");
    };
  }

  /** hashint8extended folds a bigint's halves onto each other before it hashes. */
  private static String bothHalves(String value, String previous) {
    return "hashint8extended(%1$s, hashint4extended((%1$s >> 32)::int4, %2$s))"
        .formatted(value, previous);
  }

  /**
   * The hash of 0, and of -0, is the seed itself: so the value is followed by a number that tells 0
   * from -0, which only their texts do, and from NULL.
   */
  private String floating(String function, String type, String previous) {
    return "hashint4extended(case when %1$s is null then 2 when %1$s = 0::%2$s and %3$s <> '0' then 1 else 0 end, %4$s(%5$s, %6$s))"
        .formatted(value(), type, text(), function, orElse("0::" + type), previous);
  }

  private String orElse(String substitute) {
    return orElse(value(), substitute);
  }

  private String orElse(String value, String substitute) {
    return nullable ? "coalesce(" + value + ", " + substitute + ")" : value;
  }

  private String marked(String hash) {
    return nullable
        ? "(" + hash + " # case when " + value() + " is null then " + NULL_MARK + " else 0 end)"
        : "(" + hash + ")";
  }
}
