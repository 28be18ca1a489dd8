/** The node side of a control plane that has no nodes: kubelets, both CNIs and the network between pods, by the API alone. */
@NullMarked
package io.cnishift.it.node;

import org.jspecify.annotations.NullMarked;
