/** Reading the Kubernetes API of a cluster: connection, paged lists as trees, and which lists make which part. */
@NullMarked
package io.cnishift.adapters.kubernetes;

import org.jspecify.annotations.NullMarked;
