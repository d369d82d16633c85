"""Write the .def file of a python3.dll that forwards to python311.dll, which PySide6 links to."""

import sys

import pefile


def main(dll: str) -> None:
    """Print one line for each name that the DLL exports."""
    image = pefile.PE(dll, fast_load=True)
    image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
    print('LIBRARY "python3.dll"\nEXPORTS')
    for symbol in image.DIRECTORY_ENTRY_EXPORT.symbols:
        if not symbol.name:
            continue
        name = symbol.name.decode()
        section = next(each for each in image.sections if each.contains_rva(symbol.address))
        data = "" if section.Name.startswith(b".text") else " DATA"
        print(f"  {name} = python311.{name}{data}")


main(sys.argv[1])
