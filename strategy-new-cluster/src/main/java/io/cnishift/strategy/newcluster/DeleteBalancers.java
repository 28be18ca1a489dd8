package io.cnishift.strategy.newcluster;

import java.util.List;

/**
 * Deletes what load balancers of the first cluster are made of, while those run who take them away.
 *
 * @param objects Services and Ingresses as {@code KIND/NAMESPACE/NAME}
 */
record DeleteBalancers(List<String> objects) {
    DeleteBalancers {
        objects = List.copyOf(objects);
    }
}
