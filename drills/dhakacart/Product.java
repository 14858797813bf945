package dhakacart;

/** A product as the shop lists it. */
record Product(long id, String sku, String name, long priceCents, int stock) {}
