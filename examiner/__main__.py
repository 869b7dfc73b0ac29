from examiner.cli import main

main()
