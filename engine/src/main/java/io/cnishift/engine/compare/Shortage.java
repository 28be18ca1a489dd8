package io.cnishift.engine.compare;

import io.cnishift.api.cluster.PodRoom;
import io.cnishift.api.cluster.View;

/** What keeps a cluster from running more pods. */
enum Shortage {
    ADDRESSES,
    POD_SLOTS;

    static Shortage of(View view) {
        return PodRoom.of(view).limitedBySlots() ? POD_SLOTS : ADDRESSES;
    }
}
