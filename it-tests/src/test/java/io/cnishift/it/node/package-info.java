/** The node side that a control plane without nodes is given: kubelets, both CNIs and the network between pods, on the API alone. */
@org.jspecify.annotations.NullMarked
package io.cnishift.it.node;
