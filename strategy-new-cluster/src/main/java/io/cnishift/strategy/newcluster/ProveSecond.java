package io.cnishift.strategy.newcluster;

import java.util.List;

/**
 * Asks whether the second cluster serves what the first one does, before a client is sent there.
 *
 * @param services {@code namespace/name}, each with the endpoints there that it is guaranteed here
 * @param urls {@code ingress NAMESPACE/NAME HOST PATH} or {@code service NAMESPACE/NAME}, each answered so many times in a row
 */
record ProveSecond(List<String> services, List<String> urls, int passes) {
    ProveSecond {
        services = List.copyOf(services);
        urls = List.copyOf(urls);
    }
}
