/**
 * The cluster as cnishift sees it: one record per object, read from AWS or Kubernetes or from a snapshot file.
 *
 * <p>Entry points: {@link io.cnishift.api.cluster.ClusterSnapshot} (everything at one time, immutable) and
 * {@link io.cnishift.api.cluster.View} (the same, indexed and kept up to date).
 */
@NullMarked
package io.cnishift.api.cluster;

import org.jspecify.annotations.NullMarked;
