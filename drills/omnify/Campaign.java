package omnify;

/**
 * A campaign as the server answers it.
 *
 * @param version counts its changes from 1
 */
record Campaign(String ref, String status, long budgetCents, int version) {}
