package io.cnishift.api.cluster;

/**
 * Where a resource stands in a view for as long as there is one of its key. Shelves and indexes hold places: a resource that only
 * changes is written once, and is the new one wherever it is found.
 */
final class Place<R> {

    private R now;

    Place(R now) {
        this.now = now;
    }

    R now() {
        return now;
    }

    void now(R other) {
        now = other;
    }
}
