/** What happens on nodes: pods start, get ready, crash and end; the node says how it is. */
@NullMarked
package io.cnishift.simulator.kube.kubelet;

import org.jspecify.annotations.NullMarked;
