"""VTK data arrays that share their memory with numpy arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util import numpy_support
from vtkmodules.vtkCommonCore import vtkDataArray, vtkIdTypeArray


def shared(array: NDArray[Any], name: str = "") -> vtkDataArray:
    """A VTK array over the same memory; call its `Modified()` after editing the numpy array."""
    made: vtkDataArray = numpy_support.numpy_to_vtk(array)  # type: ignore[no-untyped-call]
    if name:
        made.SetName(name)
    return made


def ids(array: NDArray[np.int64]) -> vtkIdTypeArray:
    """A copy as VTK ids."""
    made: vtkIdTypeArray = numpy_support.numpy_to_vtkIdTypeArray(array, deep=True)  # type: ignore[no-untyped-call]
    return made


def numpy_of(array: vtkDataArray) -> NDArray[Any]:
    """A VTK array as numpy, sharing its memory."""
    seen: NDArray[Any] = numpy_support.vtk_to_numpy(array)  # type: ignore[no-untyped-call]
    return seen
