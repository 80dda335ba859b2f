//! The words that the crowd's names are made of, the common ones first.

/// First names.
pub(crate) const FIRST: &str = "
    Maria James Mohammad Anna John Fatemeh Ali Michael Sarah David Zahra Reza Daniel Laura Thomas Maryam Robert Elena
    Hossein William Julia Richard Sofia Mehdi Joseph Emma Charles Nina Christopher Lena Amir Matthew Clara Anthony Alice
    Mark Eva Donald Marta Steven Ines Paul Olga Andrew Irina Joshua Paula Kenneth Petra Kevin Rosa Brian Silvia George
    Tamara Edward Teresa Ronald Ursula Timothy Vera Jason Victoria Jeffrey Yasmin Ryan Zoe Jacob Agnes Gary Amelia Nicholas
    Beatrice Eric Bianca Jonathan Camila Stephen Carmen Larry Celia Justin Chloe Scott Claudia Brandon Daniela Benjamin
    Diana Samuel Dora Gregory Edith Frank Elisa Alexander Emilia Raymond Erika Patrick Esther Jack Fiona Dennis Flora
    Jerry Gabriela Tyler Gloria Aaron Greta Jose Hanna Adam Heidi Nathan Helena Henry Ingrid Douglas Isabel Zachary Ivana
    Peter Jana Kyle Johanna Walter Judith Ethan Karin Jeremy Katja Harold Kira Keith Lara Christian Leila Roger Lidia Noah
    Linda Gerald Lucia Carl Luisa Terry Magda Sean Marina Austin Martha Arthur Matilda Lawrence Melissa Jesse Mila Dylan
    Miriam Bryan Monika Joe Nadia Jordan Natalia Billy Nora Bruce Olivia Albert Paloma Willie Patricia Gabriel Pauline
    Logan Raquel Alan Rebecca Juan Regina Wayne Renata Roy Rita Ralph Sabine Randy Salome Eugene Sandra Vincent Selma
    Russell Simone Elijah Stella Louis Susanna Bobby Svetlana Philip Tatiana Johnny Theresa Xavier Valeria Quentin Wilma
    Siavash Kaveh Behrouz Shirin Golnaz Niloufar Arash Babak Darya Farhad Giti Homayoun Jamshid Kamran Ladan Manijeh
    José Zoë Renée Jürgen Søren Łukasz Çağla Iñaki Björn Émile فاطمه علی محمد زهرا رضا مریم Дмитрий Ольга 明 美咲
";

/// Last names.
pub(crate) const LAST: &str = "
    Smith Mueller Johnson Ahmadi Garcia Williams Hosseini Brown Rossi Jones Schmidt Mohammadi Martinez Miller Davis Karimi
    Rodriguez Schneider Wilson Fischer Moradi Anderson Silva Weber Taylor Rezaei Thomas Meyer Hernandez Moore Jafari Martin
    Wagner Jackson Santos Becker Thompson Rahimi White Schulz Lopez Hoffmann Lee Ebrahimi Gonzalez Koch Harris Bauer Clark
    Heidari Lewis Richter Robinson Klein Walker Wolf Perez Ghasemi Hall Schroeder Young Neumann Allen Schwarz Sanchez
    Zimmermann Wright Braun King Krueger Scott Hofmann Green Hartmann Baker Lange Adams Schmitt Nelson Werner Hill Krause
    Ramirez Meier Campbell Lehmann Mitchell Huber Roberts Mayer Carter Kaiser Phillips Fuchs Evans Peters Turner Lang
    Torres Scholz Parker Moeller Collins Weiss Edwards Jung Stewart Hahn Flores Schubert Morris Vogel Nguyen Friedrich
    Murphy Keller Rivera Guenther Cook Frank Rogers Berger Morgan Winkler Peterson Roth Cooper Beck Reed Lorenz Bailey
    Baumann Bell Franke Gomez Albrecht Kelly Schuster Howard Simon Ward Ludwig Cox Boehm Diaz Winter Richardson Kraus Wood
    Martens Watson Schumacher Brooks Kraemer Bennett Vogt Gray Stein James Jansen Reyes Otto Cruz Sommer Hughes Gross Price
    Seidel Myers Heinrich Long Brandt Foster Haas Sanders Schreiber Ross Graf Morales Schulte Powell Dietrich Sullivan
    Ziegler Russell Kuhn Ortiz Kuehn Jenkins Pohl Gutierrez Engel Perry Horn Butler Busch Barnes Bergmann Fisher Thomas
    Henderson Voigt Coleman Sauer Simmons Arnold Patterson Wolff Jordan Pfeiffer Reynolds Hamilton Graham Kim Gonzales
    Alexander Ramos Wallace Griffin West Cole Hayes Chavez Gibson Bryant Ellis Stevens Murray Ford Marshall Owens McDonald
    Harrison Ruiz Kennedy Wells Alvarez Woods Mendoza Castillo Olson Webb Washington Tucker Freeman Burns Henry Vasquez
    Snyder Simpson Crawford Jimenez Porter Mason Shaw Gordon Wagenknecht Hunter Romero Hicks Dixon Hunt Palmer Robertson
    Black Holmes Stone Meyerhoff Boyd Mills Warren Fox Rose Rice Moreno Schmidtke Gardner Quiroga Xanthopoulos Zyskowski
    Ahmadinejad Tavakoli Farahani Shirazi Tabrizi Isfahani Golshiri Nikpour Vaziri Yazdani Zarei Bakhtiari Dehghan
    Núñez García Müller Šimić Żak Øster Håkansson Gonçalves Dvořák Öztürk رضایی محمدی کریمی موسوی احمدی Иванова 田中
";

/// What companies' names begin with; each is followed by one of [`STEM_ENDS`].
pub(crate) const STEMS: &str = "
    North South East West Blue Green Silver Golden Red Black Bright Clear Deep High Iron Stone Oak Pine River Lake Sea Sun
    Moon Star Sky Fire Wind Storm Snow Frost Swift Grand Royal Prime Inter Trans Uni Multi Omni Euro Terra Aqua Aero Helio
    Cyber Info Data Quantum Vertex Zagros
";

/// What they go on with.
pub(crate) const STEM_ENDS: &str = "
    wood field bridge gate port line works craft ware soft tech link net point path way land side view hill dale ford haven
    crest peak forge mark scope wave stream flow cast grid core byte bit logic matic dyne gen pharm med
";

/// What they end with.
pub(crate) const COMPANY_KINDS: &str = "
    Group Ltd GmbH Inc Trading Partners Logistics Systems Solutions Consulting Industries Holding Labs Media Energy Foods
    Textiles Motors Shipping Insurance Bank Studio Pharma Mining Robotics
";

/// Where companies' people work.
pub(crate) const INDUSTRIES: &str = "
    Software Retail Finance Health Education Construction Logistics Agriculture Energy Media Tourism Law Textiles Chemistry
    Insurance Mining Food Design Research Government
";

/// Domains of emails that are not a company's.
pub(crate) const DOMAINS: &str = "
    mailbox.example.com post.example.net inbox.example.org example.com example.org example.net fastmail.example
    students.example.edu letters.example quickpost.example home.example webmail.example alumni.example.edu courier.example
    pigeon.example town.example
";

/// Marks of the networks that telephone numbers begin with.
pub(crate) const NETWORKS: &str = "
    12 35 36 37 19 10 01 02 33 38 39 90 91 13 14 15 16 17 18 20 21 22 30 03 05 92 94 98 31 32
";
