/** The controllers of Kubernetes: each brings what is closer to what should be, object by object. */
@NullMarked
package io.cnishift.simulator.kube.control;

import org.jspecify.annotations.NullMarked;
